import { createHash } from 'node:crypto';

/** Enough for what a day asks for; a large picture takes a hundred kilobytes. */
const most = 32;

/**
 * Lets a drawing function keep what it drew lately: to draw takes longer than all else on a page, and a release shows
 * the same to everybody. A picture is found by all that it is made of (figures, names, words, language), so nobody gets
 * one that would not have been drawn for them.
 */
export function keepDrawings<Parts extends unknown[]>(
  draw: (...parts: Parts) => Promise<string>,
): (...parts: Parts) => Promise<string> {
  const kept = new Map<string, string>();
  return async (...parts) => {
    const madeOf = createHash('sha256').update(JSON.stringify(parts)).digest('base64');
    const known = kept.get(madeOf);
    if (known !== undefined) return known;
    const picture = await draw(...parts);
    const [oldest] = kept.keys();
    if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
    kept.set(madeOf, picture);
    return picture;
  };
}
