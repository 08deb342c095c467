import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { DateTime } from 'luxon';
import { type OutboxMail, readOutbox } from '../../jobs/transport/index.ts';
import type { ContactEvent } from '../../schemas/generated/contact.ts';
import { createRelease } from '../../surveys/aggregates/index.ts';
import { fixedClock, systemClock } from '../../surveys/clock.ts';
import { createToken } from '../auth/api-tokens.ts';
import type { Config } from '../config.ts';
import { type Service, startService } from '../start.ts';
import { untilSignal } from '../until-signal.ts';
import { whereToGo } from '../where-to-go.ts';
import { contactsOfDay, staffContacts } from './contacts.ts';
import { listenBefore } from './listening.ts';
import { seededRandom } from './random.ts';
import { answerMail } from './resident.ts';
import { printScores } from './scores.ts';
import { channelMood, comments, departments, furnish, stages } from './town.ts';

const workingDays = 40;
const contactsADay = 90;
const shareAnswering = 0.45;
const residentsAtOnce = 16;

/** What carries the town's survey: one process in the demo; a test may take several. */
export interface Carriers {
  /** Addresses of the web, taken in turns. */
  urls: string[];
  /** A key that may send contacts. */
  token: string;
  outbox: string;
  setClock(to: Date): Promise<void>;
  /** Resolves when the mail that is due has gone. */
  deliver(): Promise<void>;
  /** Resolves when everything that is due is done. */
  drain(): Promise<void>;
}

/** Everything that one simulated day needs. */
interface Town extends Carriers {
  random: () => number;
  /** How the last contact of an address went, 0 to 1. */
  moods: Map<string, number>;
  read: Set<string>;
}

/**
 * The main job on sample contacts, on real parts: contacts in over HTTP, mails out to the local outbox, answers by
 * simulated residents through the pages, scores out. The clock runs through two months of working days that end
 * today. Data goes to a new temporary directory. Prints the table; keeps serving unless `exit`.
 */
export async function runDemo(config: Config, { exit }: { exit: boolean }): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'golden-ear-demo-'));
  const days = demoDays(DateTime.fromJSDate(systemClock.now(), { zone: 'Europe/Amsterdam' }));
  const clock = fixedClock(days[0]!.toJSDate());
  const own = { ...config, dataDir, smtpUrl: undefined, mongodbUri: undefined };
  const service = await startService(own, { clock, schedule: false });
  try {
    await listenBefore({ ...service.ctx, clock }, days[0]!);
    await live(await carriersOf(service, { clock, outbox: join(dataDir, 'outbox') }), days);
    const surveys = [
      'customer-journey',
      'golden-ear-quickscan',
      'client-arena-participant-before',
      'client-arena-listener-before',
    ];
    for (const survey of surveys) await createRelease(service.ctx, survey);
    await printScores();
  } finally {
    await service.close();
  }
  if (exit) return;
  const serving = await startService(own);
  console.log(['', ...whereToGo(serving, own), `Data of this demo: ${dataDir}`, 'Ctrl-C stops.'].join('\n'));
  await untilSignal();
  await serving.close();
}

/** One process that does all of it, when it is told to. */
export async function carriersOf(
  { url, ctx, jobs }: Service,
  { clock, outbox }: { clock: ReturnType<typeof fixedClock>; outbox: string },
): Promise<Carriers> {
  return {
    urls: [url],
    token: await createToken(ctx, { name: 'demo', scopes: ['contacts:write'] }),
    outbox,
    setClock: async (to) => clock.set(to),
    deliver: async () => jobs?.deliver(),
    drain: async () => jobs?.drain(),
  };
}

/** Lives through those days: contacts, mails, answers. With the same days and secret key, always the same. */
export async function live(carriers: Carriers, days: DateTime[]): Promise<void> {
  await furnish();
  const town: Town = {
    ...carriers,
    urls: [...carriers.urls],
    random: seededRandom(36),
    moods: new Map(),
    read: new Set(),
  };
  const bar = new SingleBar({
    format: 'Two months of contacts {bar} day {value} of {total}, {answers} answers',
  });
  let answers = 0;
  bar.start(days.length, 0, { answers });
  for (const [index, day] of days.entries()) {
    await town.setClock(day.set({ hour: 10 }).toJSDate());
    if (index === 0) await send(town, staffContacts(day, departments));
    const last = index === days.length - 1;
    if (!last) await send(town, contactsOfDay(day, contactsADay, { departments, stages }, town.random));
    await town.deliver();
    answers += await answerSome(town);
    bar.update(index + 1, { answers });
  }
  bar.stop();
  await town.drain();
}

async function send(town: Town, events: ContactEvent[]): Promise<void> {
  const { token, moods } = town;
  const response = await fetch(`${nextUrl(town)}/v1/contacts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(events),
  });
  if (response.status !== 202) throw new Error(`The contacts were refused: ${await response.text()}`);
  for (const event of events) if (event.recipient?.email) moods.set(event.recipient.email, moodOf(event));
}

function nextUrl({ urls }: Town): string {
  const url = urls.shift()!;
  urls.push(url);
  return url;
}

function moodOf({ department, channel, survey }: ContactEvent): number {
  const { mood, listening } = departments.find(({ key }) => key === department)!;
  if (survey === 'golden-ear-quickscan' || survey === 'client-arena-listener-before') return listening;
  return mood + (survey ? 0 : (channelMood[channel] ?? 0));
}

/** Reads the mails that came since the last time and answers a part of them; staff answer more often. */
async function answerSome(town: Town): Promise<number> {
  const { outbox, read, random, moods } = town;
  const fresh = await readOutbox(outbox, { limit: 400, known: read });
  for (const { id } of fresh) read.add(id);
  let answered = 0;
  const answering = fresh
    .sort((a, b) => (`${a.to} ${a.id}` < `${b.to} ${b.id}` ? -1 : 1))
    .filter(({ to }) => random() < (to.includes('@inwoners.') ? shareAnswering : 0.95))
    .map((mail) => ({ mail, random: seededRandom(Math.floor(random() * 2 ** 32)) }));
  while (answering.length > 0) {
    const together = answering.splice(0, residentsAtOnce).map(({ mail, random: own }) => {
      const mood = (moods.get(mail.to) ?? 0.7) + (own() - 0.5) * 0.3;
      const person = { random: own, mood, comments };
      return answerMail(withLocalLinks(mail, nextUrl(town)), person);
    });
    await Promise.all(together);
    answered += together.length;
  }
  return answered;
}

/** BASE_URL may be another host's; the simulated residents come by the local one. */
function withLocalLinks(mail: OutboxMail, url: string): OutboxMail {
  return { ...mail, text: mail.text.replaceAll(/https?:\/\/[^/\s]+(?=\/s\/)/g, url) };
}

/**
 * Working days up to today, or up to mid-December where the year is young: then a year's table has a year's figures.
 */
function demoDays(today: DateTime): DateTime[] {
  const days: DateTime[] = [];
  let day =
    today.ordinal > 90 ? today.minus({ days: 1 }) : today.minus({ years: 1 }).set({ month: 12, day: 18 });
  while (days.length < workingDays) {
    if (day.weekday <= 5) days.unshift(day.startOf('day'));
    day = day.minus({ days: 1 });
  }
  return days;
}
