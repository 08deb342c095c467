/**
 * A name as it may stand in a header or a sentence: control characters and line breaks of every kind become a
 * space, invisible ones (such as those that turn the direction of writing) go, so that no name can begin a header or a paragraph of its own.
 */
export function oneLine(name: string): string {
  return name
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, 500);
}
