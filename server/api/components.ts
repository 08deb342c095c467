import aggregateRow from '../../schemas/aggregate-row.schema.json' with { type: 'json' };
import bounce from '../../schemas/bounce.schema.json' with { type: 'json' };
import cloudEvent from '../../schemas/cloud-event.schema.json' with { type: 'json' };
import contact from '../../schemas/contact.schema.json' with { type: 'json' };
import directoryEntry from '../../schemas/directory-entry.schema.json' with { type: 'json' };
import municipality from '../../schemas/municipality.schema.json' with { type: 'json' };
import notification from '../../schemas/notification.schema.json' with { type: 'json' };
import notifyReceipt from '../../schemas/notify-receipt.schema.json' with { type: 'json' };
import notifyReturnedLetter from '../../schemas/notify-returned-letter.schema.json' with { type: 'json' };
import openDataRequest from '../../schemas/open-data-edition.schema.json' with { type: 'json' };
import problem from '../../schemas/problem.schema.json' with { type: 'json' };
import responseItem from '../../schemas/response.schema.json' with { type: 'json' };
import retention from '../../schemas/retention.schema.json' with { type: 'json' };
import surveyDefinition from '../../schemas/survey-definition.schema.json' with { type: 'json' };
import surveySettings from '../../schemas/survey-settings.schema.json' with { type: 'json' };
import type { JsonSchema } from './route.ts';

/** The schemas that the API document names, the very objects that requests are checked with. */
export const components = {
  AggregateRow: aggregateRow,
  Bounce: bounce,
  CloudEvent: cloudEvent,
  Contact: contact,
  DirectoryEntry: directoryEntry,
  Municipality: municipality,
  Notification: notification,
  NotifyReceipt: notifyReceipt,
  NotifyReturnedLetter: notifyReturnedLetter,
  OpenDataRequest: openDataRequest,
  Fault: problem.properties.errors.items,
  Problem: problem,
  ResponseItem: responseItem,
  Retention: retention,
  SurveyDefinition: surveyDefinition,
  SurveySettings: surveySettings,
} as const satisfies Record<string, JsonSchema>;

/** A reference to a named schema of the API document. */
export function ref(name: keyof typeof components): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** A list of at most 1,000, as every route that takes many does. */
export function listOf(items: JsonSchema): JsonSchema {
  return { type: 'array', minItems: 1, maxItems: 1000, items };
}

/** What became of each item that was sent, in order. */
export function resultsOf<Result extends JsonSchema>(result: Result) {
  return {
    type: 'object',
    required: ['results'],
    properties: { results: { type: 'array', items: { type: 'object', ...result } } },
  } as const;
}
