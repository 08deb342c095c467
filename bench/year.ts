import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calculateObjectSize } from 'bson';
import type { DateTime } from 'luxon';
import mongoose from 'mongoose';
import { createDelivery } from '../jobs/deliver/index.ts';
import { releasesDue } from '../jobs/releases-due.ts';
import { retain } from '../jobs/retain.ts';
import { loadConfig } from '../server/config.ts';
import { seededRandom } from '../server/demo/random.ts';
import { openInstallation } from '../server/installation.ts';
import { checkCells, createRelease, rollUp } from '../surveys/aggregates/index.ts';
import { inAmsterdam } from '../surveys/calendar.ts';
import { fixedClock } from '../surveys/clock.ts';
import { importContacts } from '../surveys/contacts/import/index.ts';
import { expireDue } from '../surveys/invitations/index.ts';
import { submitAnswers } from '../surveys/responses/index.ts';
import { report } from './support/report.ts';

/**
 * A year of a municipality in compressed time: each working day its contacts are imported, mails go out to a transport
 * that takes everything, residents answer, answers are rolled up; each night a release and the erasing of what is old.
 * All of it the product's own code on the embedded store, with a clock that jumps. 15,000 contacts, a hundredth of a
 * city as large as Amsterdam; YEAR_CONTACTS=1500000 is the city itself. Three in a hundred contacts are answered. YEAR_DAYS=10
 * stops after the first ten working days of that year, for a look at the rates. Beside the time stands the time of the
 * processor, which says more on a machine that does other things.
 */
const contacts = Number(process.env.YEAR_CONTACTS ?? 15_000);
const answerShare = 0.03;
const residents = Math.ceil(contacts / 7);
const places = { departments: 12, channels: ['counter', 'phone', 'website', 'email'], products: 4 };
const answersAtOnce = 32;

const random = seededRandom(2026);
const pick = (below: number) => Math.floor(random() * below);
const clock = fixedClock('2026-01-05T07:00:00Z');
const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-bench-'));
const installation = await openInstallation(loadConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'error' }), clock);
const { ctx } = installation;

/** Links in the mails of the day. */
let links: string[] = [];
let mails = 0;
const delivery = createDelivery(ctx, {
  settings: { baseUrl: 'https://luister.gemeente.example', mailFrom: 'vraag@gemeente.example' },
  transport: {
    async send({ text }) {
      mails += 1;
      const link = /\/s\/([\w-]{32})/.exec(text)?.[1];
      if (link) links.push(link);
      return { kind: 'accepted' };
    },
    async close() {},
  },
});

const seconds: Record<string, { wall: number; processor: number }> = {};
const done = { contacts: 0, answers: 0, cells: 0, releases: 0 };
let mostMemory = 0;
const began = performance.now();
const days = workingDays();
for (const [index, day] of days.slice(0, Number(process.env.YEAR_DAYS ?? days.length)).entries()) {
  await live(day, Math.round((contacts * (index + 1)) / days.length) - done.contacts);
  mostMemory = Math.max(mostMemory, ownMemory());
  const last = days[index + 1]?.month !== day.month;
  if (last)
    console.error(
      `${day.toFormat('yyyy-MM')}: ${done.contacts} contacts, ${mails} mails, ${done.answers} answers, ` +
        `${Math.round((performance.now() - began) / 1_000)} s (${stages()}), ${Math.round(ownMemory())} MB`,
    );
}
const total = (performance.now() - began) / 1_000;

report('year: contacts', 'contacts', done.contacts);
report('year: mails', 'mails', mails);
report('year: answers', 'answers', done.answers);
report('year: time', 's', total);
report('year: time of the processor', 's', processorSeconds());
for (const [stage, spent] of Object.entries(seconds)) {
  report(`year: time of ${stage}`, 's', spent.wall);
  report(`year: time of the processor for ${stage}`, 's', spent.processor);
}
report('year: most memory', 'MB', mostMemory);
report('year: most memory with what is mapped of the store', 'MB', process.resourceUsage().maxRSS / 1_024);
report('year: store', 'MB', sizeOf(dataDir) / 1e6);
for (const { name } of await mongoose.connection.db!.listCollections().toArray())
  await describeCollection(name);
const checking = performance.now();
report('year: cells that differ from a recount', 'cells', (await checkCells()).length);
report('year: time of the recount', 's', (performance.now() - checking) / 1_000);

await delivery.close();
await installation.close();
rmSync(dataDir, { recursive: true, force: true });

async function live(day: DateTime, count: number): Promise<void> {
  const at = (hour: number, minute = 0) => clock.set(day.set({ hour, minute }).toJSDate());
  at(4, 30);
  await timed('releases', async () => {
    for (const survey of await releasesDue(ctx)) {
      await createRelease(ctx, survey);
      done.releases += 1;
    }
  });
  await timed('erasing', () => retain(ctx, {}));
  at(8, 30);
  const file = join(dataDir, 'contacts.ndjson');
  writeFileSync(file, contactsOf(day, count));
  await timed('deciding', () => importContacts(ctx, { file }));
  done.contacts += count;
  at(10);
  links = [];
  await timed('sending', () => delivery.deliverDue());
  at(12);
  await timed('answering', answerSome);
  await timed('counting', () => rollUp(ctx));
  at(16);
  await timed('expiring', () => expireDue(ctx));
}

async function timed(stage: string, work: () => Promise<unknown>): Promise<void> {
  const spent = seconds[stage] ?? { wall: 0, processor: 0 };
  seconds[stage] = spent;
  const [start, startOfProcessor] = [performance.now(), processorSeconds()];
  await work();
  spent.wall += (performance.now() - start) / 1_000;
  spent.processor += processorSeconds() - startOfProcessor;
}

/** Of all threads of this process. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Where the time went so far, and in brackets that of the processor. */
function stages(): string {
  return Object.entries(seconds)
    .map(([stage, { wall, processor }]) => `${stage} ${wall.toFixed(1)} [${processor.toFixed(1)}]`)
    .join(', ');
}

/**
 * Megabytes of this process alone. What is resident counts what is mapped of the data file too, which the system takes back
 * when others need it. Only Linux tells them apart.
 */
function ownMemory(): number {
  if (process.platform !== 'linux') return process.memoryUsage.rss() / 1e6;
  const status = readFileSync('/proc/self/status', 'utf8');
  return (Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024) / 1e6;
}

/** The contacts of the day, as a file of a contact system. */
function contactsOf(day: DateTime, count: number): string {
  const occurredAt = day.set({ hour: 8 }).toUTC().toISO();
  const rows = Array.from({ length: count }, (_, n) => {
    const department = pick(places.departments);
    return JSON.stringify({
      source: 'year',
      id: `${day.toISODate()}-${n}`,
      occurredAt,
      department: `department-${department}`,
      channel: places.channels[pick(places.channels.length)],
      product: `product-${department}-${pick(places.products)}`,
      ...(random() < 0.02 && { confidential: true }),
      ...(random() < 0.85 && { recipient: { email: `inwoner-${pick(residents)}@inwoners.example` } }),
    });
  });
  return `${rows.join('\n')}\n`;
}

/** Residents whose mail came today answer, as many as the year needs. */
async function answerSome(): Promise<void> {
  const wanted = Math.round(done.contacts * answerShare) - done.answers;
  const chosen = new Set<string>();
  while (chosen.size < Math.min(wanted, links.length)) chosen.add(links[pick(links.length)]!);
  const queue = chosen.values();
  await Promise.all(
    Array.from({ length: answersAtOnce }, async () => {
      for (const link of queue) {
        await submitAnswers(ctx, link, answersOf());
        done.answers += 1;
      }
    }),
  );
}

function answersOf(): object {
  const grade = 1 + pick(10);
  const five = () => Math.min(5, Math.max(1, Math.ceil(grade / 2) + pick(3) - 1));
  return {
    overall: grade,
    ease: five(),
    clarity: five(),
    leadTime: five(),
    trust: five(),
    ...(random() < 0.3 && { comment: 'Ik werd goed geholpen, maar het duurde lang voor ik antwoord kreeg.' }),
  };
}

/** Monday to Friday; on holidays contacts come and mails wait. */
function workingDays(): DateTime[] {
  const first = inAmsterdam(clock.now()).startOf('day');
  const year = Array.from({ length: 361 }, (_, day) => first.plus({ days: day }));
  return year.filter(({ weekday }) => weekday <= 5);
}

/** How many documents, and how large they are on average (of a thousand of them). */
async function describeCollection(name: string): Promise<void> {
  const collection = mongoose.connection.collection(name);
  const documents = await collection.countDocuments();
  if (documents === 0) return;
  const some = await collection.find().limit(1_000).toArray();
  const bytes = some.reduce((sum, one) => sum + calculateObjectSize(one), 0) / some.length;
  report(`year: documents of ${name}`, 'documents', documents);
  report(`year: bytes a document of ${name}`, 'bytes', bytes);
}

function sizeOf(directory: string): number {
  const files = readdirSync(directory).map((file) => statSync(join(directory, file)));
  return files.reduce((sum, { blocks }) => sum + blocks * 512, 0);
}
