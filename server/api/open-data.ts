import type { OpenDataRequest } from '../../schemas/generated/open-data-edition.ts';
import schema from '../../schemas/open-data-edition.schema.json' with { type: 'json' };
import { validator } from '../../schemas/validate.ts';
import { problem } from '../../surveys/problems.ts';
import { publishOpenData } from '../open-data/publish.ts';
import { ref } from './components.ts';
import { type Route, route } from './route.ts';

const check = validator<OpenDataRequest>(schema);

export const openDataRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/open-data/editions',
    access: 'municipality:write',
    audit: { what: 'openData.published', on: ({ body }) => (body as OpenDataRequest).survey },
    tag: 'Open data',
    summary: 'Publish the tables of a release as open data',
    description:
      'Makes the files of all tables of a release and keeps them for good, at addresses that never change. Published again: the same edition. `openDataOff` while the municipality has not turned it on; `floorTooLow` for releases that show groups of fewer than ten.',
    body: { schema: ref('OpenDataRequest') },
    answers: {
      200: {
        description: 'The edition',
        schema: {
          type: 'object',
          required: ['survey', 'release', 'files'],
          properties: {
            survey: { type: 'string' },
            release: { type: 'integer' },
            files: { type: 'array', items: { type: 'string', description: 'Path of a file' } },
          },
        },
      },
    },
    handle: async ({ ctx }, { body }) => {
      const checked = check(body);
      if (!checked.ok) throw problem('invalidBody', { faults: checked.faults });
      const { survey, release } = checked.value;
      const edition = await publishOpenData(ctx, survey, release);
      const files = edition.files.map(({ name }) => `/open-data/${edition._id}/${name}`);
      return { status: 200, body: { survey, release: edition.release, files } };
    },
  }),
];
