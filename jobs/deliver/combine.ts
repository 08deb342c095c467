/**
 * Turns a write of many into one that is called with one at a time: what comes while a write is under way is written
 * together in the next. Under load that is one durable write for many; alone, nothing waits.
 * @returns a function whose promise settles with the write that its item was part of.
 */
export function combine<T>(write: (items: T[]) => Promise<void>): (item: T) => Promise<void> {
  let waiting: T[] = [];
  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  async function writeAfter(previous: Promise<void> | undefined): Promise<void> {
    await previous?.catch(() => undefined);
    const items = waiting;
    waiting = [];
    current = next;
    next = undefined;
    await write(items);
  }

  return (item) => {
    waiting.push(item);
    next ??= writeAfter(current);
    return next;
  };
}
