import { putSurveySettings, surveySettings } from '../../surveys/settings/index.ts';
import { ref } from './components.ts';
import { type Route, route } from './route.ts';

const path = '/v1/surveys/{key}/settings';
const params = { key: 'Key of a survey' };

export const surveySettingsRoutes: Route[] = [
  route({
    method: 'get',
    path,
    access: 'surveys:write',
    tag: 'Surveys',
    summary: 'How a survey is sent and released, defaults included',
    params,
    answers: { 200: { description: 'The settings in force', schema: ref('SurveySettings') } },
    handle: async (_services, { params }) => ({ status: 200, body: await surveySettings(params.key!) }),
  }),
  route({
    method: 'put',
    path,
    access: 'surveys:write',
    audit: { what: 'survey.settings', on: ({ params }) => params.key },
    tag: 'Surveys',
    summary: 'Replace the settings of a survey; what is left out has its default again',
    params,
    body: { schema: ref('SurveySettings') },
    answers: { 200: { description: 'The settings in force', schema: ref('SurveySettings') } },
    handle: async (_services, { params, body }) => ({
      status: 200,
      body: await putSurveySettings(params.key!, body),
    }),
  }),
];
