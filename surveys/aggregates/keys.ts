/** Where a response counts. Keys are kebab-case, the month is `2026-03`; a contact may lack a product or a stage. */
export interface CellFields {
  survey: string;
  version: number;
  department: string;
  channel: string;
  product?: string | undefined;
  stage?: string | undefined;
  mode: string;
  month: string;
}

/** Where contacts and invitations count: the denominators of a cell, which know no version and no mode. */
export interface VolumeFields extends Omit<CellFields, 'version' | 'mode'> {
  /**
   * Week of the month, from 1: a place has a volume for each, so that a change costs the counting of a week, not of a
   * month. Absent in what was stored before there were weeks.
   */
  week?: number | undefined;
}

/** The `_id` of a cell. None of the parts can hold a `|`. */
export function cellKey(cell: CellFields): string {
  const { survey, version, department, channel, product = '', stage = '', mode, month } = cell;
  return [survey, version, department, channel, product, stage, mode, month].join('|');
}

/** The `_id` of a volume. */
export function volumeKey(volume: VolumeFields): string {
  const { survey, department, channel, product = '', stage = '', month, week } = volume;
  const place = [survey, department, channel, product, stage, month];
  return (week === undefined ? place : [...place, week]).join('|');
}

/** The fields of a cell from its key. */
export function parseCellKey(key: string): Required<CellFields> {
  const [survey, version, department, channel, product, stage, mode, month] = parts(key, 8);
  return { survey, version: Number(version), department, channel, product, stage, mode, month };
}

/** The fields of a volume from its key, but for the week: volumes of a place and a month are added up. */
export function parseVolumeKey(key: string): Required<Omit<VolumeFields, 'week'>> {
  const [survey, department, channel, product, stage, month] = parts(key.replace(/\|\d$/, ''), 6);
  return { survey, department, channel, product, stage, month };
}

type Parts = [string, string, string, string, string, string, string, string];

function parts(key: string, count: number): Parts {
  const found = key.split('|');
  if (found.length !== count) throw new RangeError(`not a key of ${count} parts: ${key}`);
  return found as Parts;
}
