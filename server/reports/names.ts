import type { ReportText } from '../../schemas/generated/report-data.ts';
import { type DirectoryKind, displayNames } from '../../surveys/municipality/index.ts';

/** The display names of a key, or the key itself. */
export type NameOf = (key: string) => ReportText;

/** The display names of departments, channels or products, in the languages of reports. */
export async function namesOf(kind: DirectoryKind): Promise<NameOf> {
  const [nl, en] = await Promise.all([displayNames(kind, 'nl'), displayNames(kind, 'en')]);
  return (key) => ({ nl: nl.get(key) ?? key, en: en.get(key) ?? key });
}
