import query from '../../schemas/aggregates-query.schema.json' with { type: 'json' };
import type { AggregatesQuery } from '../../schemas/generated/aggregates-query.ts';
import { toCsv } from '../../surveys/aggregates/index.ts';
import { readAggregatesWithin } from '../auth/aggregates-within.ts';
import { ref } from './components.ts';
import { type Route, route } from './route.ts';

const csv = { plain: 'text/csv', 'excel-nl': 'text/csv;flavour=excel-nl' } as const;
const flavours = ['plain', 'excel-nl'] as const;

export const aggregateRoutes: Route[] = [
  route<AggregatesQuery>({
    method: 'get',
    path: '/v1/aggregates',
    access: 'aggregates:read',
    // Figures as rows of a file; what a program reads as JSON is counted by the log of requests.
    audit: {
      what: 'figures.exported',
      on: ({ query }) => (query as AggregatesQuery).survey,
      when: ({ type }) => type === 'text/csv',
    },
    tag: 'Aggregates',
    summary: 'A table of released scores',
    description:
      'Reads the newest release, or the one that is asked for. A table that is not declared is answered with `notReleased` and the tables there are. `Accept: text/csv` gives the same table as CSV; with the parameter `flavour=excel-nl` as Excel in a Dutch locale reads it. Who is limited to departments gets rows of those only, without totals over others.',
    query,
    answers: {
      200: {
        description: 'The table with its total',
        csv: 'A row for each row of the table, the totals last',
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
    handle: async (_services, request) => {
      const table = await readAggregatesWithin(request.departments, request.query);
      const type = request.accepts(['application/json', csv.plain, csv['excel-nl']]);
      const flavour = flavours.find((one) => csv[one] === type);
      if (!flavour) return { status: 200, body: table };
      return { status: 200, type: 'text/csv', body: toCsv(table, flavour) };
    },
  }),
];
