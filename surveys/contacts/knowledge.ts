import { publishedSurvey } from '../definitions/index.ts';
import { holidaysKept } from '../municipality/index.ts';
import { capsOf } from '../recipients/caps.ts';
import { refusedAmong } from '../recipients/refused.ts';
import { surveySettings } from '../settings/index.ts';
import type { Contact } from './contact.ts';
import type { Knowledge } from './decide.ts';

/** Gathers what the rules need for a batch: one read per collection, however many contacts. */
export async function gatherKnowledge(contacts: Contact[]): Promise<Knowledge> {
  const hashes = [...new Set(contacts.flatMap(({ recipient }) => recipient?.hash ?? []))];
  const surveyKeys = [...new Set(contacts.map(({ survey }) => survey))];
  const [refused, caps, holidays, surveys] = await Promise.all([
    refusedAmong(hashes),
    capsOf(hashes),
    holidaysKept(),
    Promise.all(surveyKeys.map(openSurvey)),
  ]);
  return { refused, caps, holidays, surveys: new Map(surveys.flat()) };
}

async function openSurvey(key: string) {
  const published = await publishedSurvey(key);
  if (!published) return [];
  return [[key, { published, settings: await surveySettings(key) }] as const];
}
