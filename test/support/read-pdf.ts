import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** What a reader with another library than the writer finds in a PDF. */
export interface ReadPdf {
  text: string;
  title: unknown;
  language: unknown;
  outline: string[];
  /** How many elements of each role the tags hold. */
  roles: Record<string, number>;
  /** Texts in place of figures. */
  alternatives: string[];
  /** Whether it says that all its content is tagged or marked as of no meaning. */
  marked: boolean;
  /** Whether a reader shows its title and not the name of its file. */
  displaysTitle: boolean;
  /** The part of PDF/UA that it says to fit. */
  universalAccess: unknown;
}

type Found = Pick<ReadPdf, 'text' | 'roles' | 'alternatives'>;

/** Reads text, tags and bookmarks of a PDF. */
export async function readPdf(bytes: Buffer): Promise<ReadPdf> {
  const loading = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const pdf = await loading.promise;
  const { info, metadata } = await pdf.getMetadata();
  const [marks, preferences] = await Promise.all([pdf.getMarkInfo(), pdf.getViewerPreferences()]);
  const found: Found = { text: '', roles: {}, alternatives: [] };
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    found.text += items.map((item) => ('str' in item ? item.str : '')).join(' ');
    walk(await page.getStructTree(), found);
  }
  const outline = (await pdf.getOutline()).map(({ title }) => title);
  const facts = info as Record<string, unknown>;
  await loading.destroy();
  return {
    ...found,
    outline,
    title: facts.Title,
    language: facts.Language,
    marked: marks?.Marked === true,
    displaysTitle:
      preferences !== null && 'DisplayDocTitle' in preferences && preferences.DisplayDocTitle === true,
    universalAccess: metadata?.get('pdfuaid:part'),
  };
}

function walk(node: unknown, found: Pick<ReadPdf, 'roles' | 'alternatives'>): void {
  if (typeof node !== 'object' || node === null) return;
  const { role, alt, children } = node as { role?: string; alt?: string; children?: unknown[] };
  if (role !== undefined) found.roles[role] = (found.roles[role] ?? 0) + 1;
  if (alt !== undefined) found.alternatives.push(alt);
  for (const child of children ?? []) walk(child, found);
}
