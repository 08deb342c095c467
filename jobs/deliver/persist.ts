const delays = [100, 300, 1_000, 3_000];

/**
 * Writes to the store, again if need be: after a restart of the store the first writes fail, and what is to be
 * written here (a mail went out) can't be found out again. The write must be safe to repeat.
 */
export async function persist<T>(write: () => Promise<T>): Promise<T> {
  for (const delay of delays) {
    try {
      return await write();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
  return write();
}
