/**
 * Does the same with all items at once. Unlike `Promise.all` it waits for each of them before it throws, so that nothing
 * goes on behind the back of who gave its lease back.
 * @throws what the first of those that failed threw
 */
export async function sideBySide<T, R>(items: Iterable<T>, work: (item: T) => Promise<R>): Promise<R[]> {
  const ends = await Promise.allSettled([...items].map(work));
  return ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}
