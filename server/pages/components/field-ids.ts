/** The ids of what belongs to one question. The prefix keeps a question key from meeting another id of the page. */
export function fieldIds(key: string) {
  const field = `q-${key}`;
  return { field, help: `${field}-help`, scale: `${field}-scale`, error: `${field}-error` };
}
