import type { Range } from './range.ts';

/**
 * A text as the finders read it, which knows where each of its UTF-16 code units came from: people write numbers in
 * many characters and words, and what is found must be cut from the text as they wrote it.
 */
export interface View {
  text: string;
  /** For each code unit of `text` the part of the original that it stands for. */
  origins: Range[];
}

/** A piece of a text, and what it is read as. */
export interface Reading extends Range {
  as: string;
}

/** The text as it stands. */
export function asWritten(text: string): View {
  return { text, origins: Array.from({ length: text.length }, (_, at) => ({ start: at, end: at + 1 })) };
}

/** The view in which the given pieces, in order and not overlapping, are read as something else. */
export function reread(view: View, readings: Reading[]): View {
  if (readings.length === 0) return view;
  const texts: string[] = [];
  const origins: Range[][] = [];
  let at = 0;
  for (const { start, end, as } of [
    ...readings,
    { start: view.text.length, end: view.text.length, as: '' },
  ]) {
    texts.push(view.text.slice(at, start), as);
    origins.push(view.origins.slice(at, start));
    if (as !== '') origins.push(Array<Range>(as.length).fill(originOf(view, { start, end })));
    at = end;
  }
  return { text: texts.join(''), origins: origins.flat() };
}

/** The part of the original that a part of the view (not an empty one) stands for. */
export function originOf({ origins }: View, { start, end }: Range): Range {
  return { start: origins[start]!.start, end: origins[end - 1]!.end };
}
