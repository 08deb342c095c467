import query from '../../schemas/aggregates-query.schema.json' with { type: 'json' };
import type { AggregatesQuery } from '../../schemas/generated/aggregates-query.ts';
import { readAggregatesWithin } from '../auth/aggregates-within.ts';
import { exportTable, type FormatName, fileName, formatNames, formats } from '../exports/formats.ts';
import { ref } from './components.ts';
import { type Route, route } from './route.ts';

export const aggregateRoutes: Route[] = [
  route<AggregatesQuery>({
    method: 'get',
    path: '/v1/aggregates',
    access: 'aggregates:read',
    // Figures as a file; what a program reads as JSON without asking for a file is counted by the log of requests.
    audit: {
      what: 'figures.exported',
      on: ({ query }) => (query as AggregatesQuery).survey,
      when: ({ type }) => type !== undefined,
    },
    tag: 'Aggregates',
    summary: 'A table of released scores',
    description:
      'Reads the newest release, or the one that is asked for. A table that is not declared is answered with `notReleased` and the tables there are. `compare=previous` tells what changed since the period before. `Accept` or `format` gives the same table as CSV (with the parameter `flavour=excel-nl` as Excel in a Dutch locale reads it, with `profile=ggm` in the terms of KLANTBEOORDELING), CSVW metadata, XLSX, NDJSON, Parquet, or a zip for SPSS. `lang` chooses the language of names, labels and notes in files. Who is limited to departments gets rows of those only, without totals over others.',
    query,
    answers: {
      200: {
        description: 'The table with its total',
        csv: 'A row for each row of the table, the totals last',
        files: formatNames.map((name) => formats[name].type).filter((type) => type !== 'application/json'),
        schema: {
          type: 'object',
          required: ['survey', 'by', 'filters', 'release', 'floor', 'rows', 'total'],
          properties: {
            survey: { type: 'string' },
            by: { type: 'array', items: { type: 'string' } },
            filters: { type: 'object' },
            release: { type: 'integer' },
            floor: { type: 'integer' },
            rows: { type: 'array', items: ref('AggregateRow') },
            total: {
              description: 'Of the first question; null where the range is not one released period',
              anyOf: [ref('AggregateRow'), { type: 'null' }],
            },
            totals: { description: 'Of each question', type: 'array', items: ref('AggregateRow') },
            warnings: {
              description:
                'What to know before figures are held beside each other: `modesDiffer`, `modeMixChanged`, `modeMixUnknown`',
              type: 'array',
              items: {
                type: 'object',
                required: ['code', 'detail'],
                properties: {
                  code: { type: 'string' },
                  detail: { type: 'string' },
                  department: { type: 'string' },
                },
              },
            },
          },
        },
      },
    },
    handle: async ({ ctx }, request) => {
      const table = await readAggregatesWithin(request.departments, request.query);
      const format = request.query.format ?? acceptedFormat(request.accepts);
      if (format === undefined) return { status: 200, body: table };
      const { type } = formats[format];
      return {
        status: 200,
        type,
        body: await exportTable(table, format, ctx.clock.now(), request.query.lang),
        headers: {
          'Content-Disposition': `attachment; filename="${fileName(table, format)}"`,
          ...(format === 'csv' && {
            Link: `<?${metadataQuery(request.query)}>; rel="describedby"; type="${formats.csvw.type}"`,
          }),
        },
      };
    },
  }),
];

/** The file format that the client likes best; undefined for plain JSON, or when it takes nothing there is. */
function acceptedFormat(accepts: (types: string[]) => string | undefined): FormatName | undefined {
  const type = accepts(formatNames.map((name) => formats[name].type));
  return formatNames.find((name) => name !== 'json' && formats[name].type === type);
}

/** The same table's CSVW metadata, relative to it. */
function metadataQuery(query: AggregatesQuery): string {
  return new URLSearchParams({ ...query, format: 'csvw' }).toString();
}
