import { createHash } from 'node:crypto';
import { type Aggregates, findRelease, readAggregates } from '../../surveys/aggregates/index.ts';
import { measuredQuestions } from '../../surveys/aggregates/measured-questions.ts';
import type { Context } from '../../surveys/context.ts';
import { publishedSurvey } from '../../surveys/definitions/index.ts';
import { getMunicipality } from '../../surveys/municipality/index.ts';
import { editionId, findEdition, type OpenDataEdition, storeEdition } from '../../surveys/open-data/index.ts';
import { problem } from '../../surveys/problems.ts';
import { exportTable, type FormatName, formats } from '../exports/formats.ts';
import { tablesOf } from './tables.ts';

/** No group smaller than this is told to everyone, whatever the survey's own floor is. */
const smallestFloor = 10;
const fileFormats = ['csv', 'csvw', 'json', 'xlsx'] as const satisfies FormatName[];

/**
 * Publishes the tables of a release as open data, for good: the files are made once and kept, so that neither a later
 * release nor a new name of a department changes them. Published again: the same edition.
 * @param number of the release; absent: the newest
 * @throws Problem `openDataOff` while the municipality has not turned it on, `floorTooLow` for a release that shows groups
 *   of fewer than ten (quickscans, arenas), `notFound` for a survey or release that there is not
 */
export async function publishOpenData(
  ctx: Context,
  survey: string,
  number?: number,
): Promise<OpenDataEdition> {
  if (!(await getMunicipality()).openData) throw problem('openDataOff');
  const published = await publishedSurvey(survey);
  if (!published) throw problem('notFound', { detail: 'There is no such survey.' });
  const release = await findRelease({ survey, ...(number !== undefined && { release: String(number) }) });
  if (release.floor < smallestFloor) throw problem('floorTooLow');
  const known = await findEdition(editionId(survey, release.number));
  if (known) return known;

  const question = measuredQuestions(published, release.satisfiedFrom)
    .map(({ key }) => key)
    .join();
  const now = ctx.clock.now();
  const made: { name: string; table: string; type: string; body: Buffer }[] = [];
  const months: string[] = [];
  for (const { name: table, query } of tablesOf(release)) {
    const aggregates = await readAggregates({ survey, question, release: String(release.number), ...query });
    months.push(
      ...aggregates.rows.flatMap(({ period, status }) => (status === 'suppressed' ? [] : (period ?? []))),
    );
    for (const format of fileFormats) {
      const name = `${table}${formats[format].ending}`;
      made.push({
        name,
        table,
        type: formats[format].type,
        body: await bytesOf(aggregates, format, table, now),
      });
    }
  }
  const years = months.map((period) => period.slice(0, 4)).sort();
  const year = String(now.getUTCFullYear());
  const edition: OpenDataEdition = {
    _id: editionId(survey, release.number),
    survey,
    release: release.number,
    checksum: release.checksum,
    publishedAt: now,
    floor: release.floor,
    from: `${years[0] ?? year}-01`,
    to: `${years.at(-1) ?? year}-12`,
    files: made.map(({ name, table, type, body }) => ({
      name,
      table,
      type,
      bytes: body.length,
      checksum: createHash('sha256').update(body).digest('hex'),
    })),
  };
  return storeEdition(edition, made);
}

async function bytesOf(table: Aggregates, format: FormatName, name: string, madeAt: Date): Promise<Buffer> {
  const written = await exportTable(table, format, madeAt);
  if (typeof written === 'string') {
    return Buffer.from(format === 'csvw' ? describing(written, `${name}.csv`) : written);
  }
  if (Buffer.isBuffer(written)) return written;
  const chunks: Buffer[] = [];
  for await (const chunk of written) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** CSVW metadata of the file beside it. */
function describing(metadata: string, url: string): string {
  return `${JSON.stringify({ ...(JSON.parse(metadata) as object), url }, null, 2)}\n`;
}
