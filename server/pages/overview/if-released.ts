import { Problem } from '../../../surveys/problems.ts';

/** What was read from a release, or undefined where there is no release yet or it has no such table. */
export async function ifReleased<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Problem && ['notFound', 'notReleased'].includes(error.code)) return undefined;
    throw error;
  }
}
