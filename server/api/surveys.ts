import {
  listSurveys,
  type PublishedSurvey,
  publishedSurvey,
  publishSurvey,
} from '../../surveys/definitions/index.ts';
import { problem } from '../../surveys/problems.ts';
import { ref } from './components.ts';
import { type JsonSchema, type Route, route } from './route.ts';

const summarySchema: JsonSchema = {
  type: 'object',
  required: ['key', 'version', 'instrument', 'audience', 'title'],
  properties: {
    key: { type: 'string' },
    version: { type: 'integer', description: 'The newest, unless another was asked for' },
    instrument: { type: 'string' },
    audience: { type: 'string' },
    title: { type: 'object' },
  },
};

const versionSchema: JsonSchema = {
  ...summarySchema,
  required: ['key', 'version', 'instrument', 'audience', 'title', 'definition'],
  properties: {
    ...(summarySchema.properties as JsonSchema),
    definition: ref('SurveyDefinition'),
  },
};

const params = { key: 'Key of a survey, for instance customer-journey', version: 'A version number' };

/** Surveys are public: residents see them anyway. Publishing one is not. */
export const surveyRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/surveys',
    access: 'public',
    tag: 'Surveys',
    summary: 'All surveys, newest versions',
    answers: {
      200: {
        description: 'The surveys',
        schema: {
          type: 'object',
          required: ['surveys'],
          properties: { surveys: { type: 'array', items: summarySchema } },
        },
      },
    },
    handle: async () => ({ status: 200, body: { surveys: (await listSurveys()).map(summaryOf) } }),
  }),
  route({
    method: 'get',
    path: '/v1/surveys/{key}',
    access: 'public',
    tag: 'Surveys',
    summary: 'The newest version of a survey',
    params,
    answers: { 200: { description: 'The survey with its definition', schema: versionSchema } },
    handle: async (_services, { params }) => ({ status: 200, body: versionOf(await surveyOf(params)) }),
  }),
  route({
    method: 'get',
    path: '/v1/surveys/{key}/versions/{version}',
    access: 'public',
    tag: 'Surveys',
    summary: 'One version of a survey; it never changes',
    params,
    answers: { 200: { description: 'The survey with its definition', schema: versionSchema } },
    handle: async (_services, { params }) => ({ status: 200, body: versionOf(await surveyOf(params)) }),
  }),
  route({
    method: 'get',
    path: '/v1/surveys/{key}/versions/{version}/schema',
    access: 'public',
    tag: 'Surveys',
    summary: 'The plain JSON Schema of an answer set',
    params,
    answers: { 200: { description: 'A JSON Schema (2020-12)', schema: { type: 'object' } } },
    handle: async (_services, { params }) => ({
      status: 200,
      body: (await surveyOf(params)).answerSchema(),
    }),
  }),
  route({
    method: 'post',
    path: '/v1/surveys/{key}/versions',
    access: 'surveys:write',
    audit: { what: 'survey.published', on: ({ params }) => params.key },
    tag: 'Surveys',
    summary: 'Publish a definition as the next version',
    description: 'All faults at once. The definition of the newest version again changes nothing.',
    params,
    body: { schema: ref('SurveyDefinition') },
    answers: {
      200: { description: 'It was the newest version already', schema: versionSchema },
      201: { description: 'The new version', schema: versionSchema },
    },
    handle: async ({ ctx }, { params, body }) => {
      const key = params.key!;
      refuseOtherKey(key, body);
      const before = await publishedSurvey(key);
      const published = await publishSurvey(ctx, body);
      return {
        status: published.version === before?.version ? 200 : 201,
        headers: { Location: `/v1/surveys/${key}/versions/${published.version}` },
        body: versionOf(published),
      };
    },
  }),
];

/** The survey that the path names; its newest version where the path names none. */
async function surveyOf({ key, version }: Readonly<Record<string, string>>): Promise<PublishedSurvey> {
  const number = version === undefined ? undefined : Number(/^[1-9]\d{0,5}$/.exec(version)?.[0] ?? 0);
  const survey = await publishedSurvey(key!, number);
  if (!survey) throw problem('notFound', { detail: 'There is no such survey or version.' });
  return survey;
}

function refuseOtherKey(key: string, definition: unknown): void {
  const survey = isRecord(definition) ? definition.survey : undefined;
  const named = isRecord(survey) ? survey.key : undefined;
  if (typeof named !== 'string' || named === key) return;
  const faults = [{ pointer: '/survey/key', code: 'key', detail: `must be "${key}", as in the path` }];
  throw problem('invalidDefinition', { faults });
}

function summaryOf({ key, version, survey }: PublishedSurvey) {
  const { instrument, audience, title } = survey;
  return { key, version, instrument, audience, title };
}

function versionOf(published: PublishedSurvey) {
  return { ...summaryOf(published), definition: published.definition };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
