import { seededRandom } from '../../server/demo/random.ts';
import { createRelease, rollUp, VolumeModel } from '../../surveys/aggregates/index.ts';
import { volumeKey } from '../../surveys/aggregates/keys.ts';
import type { Context } from '../../surveys/context.ts';
import { putEntry } from '../../surveys/municipality/index.ts';
import { recordResponses } from '../../surveys/responses/index.ts';
import { putSurveySettings } from '../../surveys/settings/index.ts';
import { addedOnce } from './added-once.ts';

/** Departments and the share of people they satisfy; the last came in without a name. */
const departments = [
  { key: 'burgerzaken', nl: 'Burgerzaken', en: 'Civil affairs', mood: 0.95 },
  { key: 'werk-en-inkomen', nl: 'Werk en inkomen', en: 'Work and income', mood: 0.6 },
  { key: 'vergunningen-en-toezicht', nl: 'Vergunningen en toezicht', en: 'Permits', mood: 0.75 },
  { key: 'beheer-openbare-ruimte', nl: 'Beheer openbare ruimte', en: 'Public space', mood: 0.85 },
  { key: 'klantcontactcentrum', nl: 'Klantcontactcentrum', en: 'Contact centre', mood: 0.9 },
  { key: 'nieuw-team', mood: 0.8 },
];
/** Answers per department in the year before the tests' own; few come after letters. */
const channels = { counter: 60, phone: 80, website: 40, email: 30, post: 4 };
const scans = 36;
/** Fewer than a quickscan may be shown for. */
const fewScans = 3;

/** Fills the store with a year of answers to all instruments and releases them: always the same ones. */
export async function fillTown(ctx: Context): Promise<void> {
  await addedOnce(() => makeTown(ctx));
}

async function makeTown(ctx: Context): Promise<void> {
  const random = seededRandom(36);
  const draw = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const date = () => ({ answerDate: `2025-${String(draw(1, 12)).padStart(2, '0')}-15` });

  const contactAnswer = (department: string, channel: string, mood: number) => {
    const overall = random() < mood ? draw(7, 10) : draw(3, 6);
    const five = Math.ceil(overall / 2);
    const heard = channel === 'website' ? {} : { listening: five };
    const answers = { overall, ease: five, ...heard, result: overall > 6 ? 'yes' : 'no' };
    return { survey: 'customer-journey', department, channel, mode: 'kiosk', answers, ...date() };
  };
  const scanAnswer = (department: string) => {
    const levels = Array.from({ length: 36 }, (_, index) => [`q${index + 1}`, draw(0, 3)]);
    const answers = { ...Object.fromEntries(levels), estimate: draw(50, 90) };
    return {
      survey: 'golden-ear-quickscan',
      department,
      channel: 'website',
      mode: 'web',
      answers,
      ...date(),
    };
  };
  const arenaAnswer = (form: string, answers: Record<string, number>) => ({
    ...{ survey: `client-arena-${form}`, department: 'burgerzaken', channel: 'counter', mode: 'paper' },
    answers,
    ...date(),
  });

  const items = [
    ...departments.flatMap(({ key, mood }) =>
      Object.entries(channels).flatMap(([channel, count]) =>
        times(count, () => contactAnswer(key, channel, mood)),
      ),
    ),
    ...departments.flatMap(({ key, nl }) => times(nl ? scans : fewScans, () => scanAnswer(key))),
    ...times(60, () => arenaAnswer('listener-before', { guess: draw(5, 10) })),
    ...times(60, () => arenaAnswer('participant-before', { baseline: draw(4, 9) })),
  ];
  // A town of this size would show little if two answers of others might be known.
  await putSurveySettings('customer-journey', { knownAnswers: 0 });
  await store(ctx, items);
  for (const { key, nl, en } of departments) if (nl) await putEntry('department', key, { names: { nl, en } });
  await rollUp(ctx);
  await putVolumes();
  for (const survey of new Set(items.map((item) => item.survey))) await createRelease(ctx, survey);
}

/** Every month as many contacts, invitations and answers to them as there are answers in a channel in a year. */
async function putVolumes(): Promise<void> {
  const months = Array.from({ length: 12 }, (_, index) => `2025-${String(index + 1).padStart(2, '0')}`);
  const places = departments.flatMap(({ key }) =>
    Object.entries(channels).flatMap(([channel, count]) =>
      months.map((month) => ({ key, channel, count, month })),
    ),
  );
  await VolumeModel.insertMany(
    places.map(({ key, channel, count, month }) => {
      const place = { survey: 'customer-journey', department: key, channel, product: '', stage: '', month };
      const counts = {
        invited: count * 2,
        accepted: count * 2 - 2,
        bounced: 1,
        answered: Math.ceil(count / 4),
      };
      const contacts = { invited: count * 2, skipped: count };
      return { _id: volumeKey(place), ...place, ...counts, contacts, fence: 1 };
    }),
  );
}

async function store(ctx: Context, items: unknown[]): Promise<void> {
  for (let start = 0; start < items.length; start += 1_000) {
    const idempotencyKey = `town-${start}`;
    const results = await recordResponses(ctx, items.slice(start, start + 1_000), { idempotencyKey });
    const bad = results.find(({ decision }) => decision !== 'stored');
    if (bad) throw new Error(`An answer of the town was not stored: ${JSON.stringify(bad)}`);
  }
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}
