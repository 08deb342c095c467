import { Problem } from '../surveys/problems.ts';

/**
 * What may be logged of an error. Messages of libraries quote the values they choke on (addresses, server replies
 * with addresses in them, stored documents), so of those only the kind, the code and the place are kept.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && (typeof error.code === 'string' || typeof error.code === 'number');
  return {
    name: error.name,
    ...(code ? { code: error.code } : {}),
    ...(error instanceof Problem ? { problem: error.code } : {}),
    at: frames(error),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}

function frames(error: Error): string[] {
  const lines = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return lines.slice(0, 6).map((line) => line.trim());
}
