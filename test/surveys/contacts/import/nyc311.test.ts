import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { importContacts } from '../../../../surveys/contacts/import/index.ts';
import { testContext } from '../../../support/context.ts';
import { useStore } from '../../../support/store.ts';
import { publishCustomerJourney } from '../contact-events.ts';

const root = new URL('../../../../', import.meta.url);
const file = fileURLToPath(new URL('../shared/data/nyc311-contacts.csv', root));
const mapping: unknown = JSON.parse(readFileSync(new URL('examples/nyc311-mapping.json', root), 'utf8'));
const asOf = new Date('2025-03-25T12:00:00Z');

const title = existsSync(file) ? '' : ' (skipped: ../shared/data/nyc311-contacts.csv is not here)';

(title ? describe.skip : describe)(`6,130 contacts of New York's 311${title}`, () => {
  useStore();
  const ctx = testContext('2025-03-25T12:00:00Z');

  it('are decided as an independent count says, and a second run changes nothing', async () => {
    await publishCustomerJourney(ctx);
    const expected = independentCount();
    const first = await importContacts(ctx, { file, mapping, asOf });
    const { invited = 0, skipped = 0, rejected = 0 } = first.decisions;
    expect(invited + skipped + rejected).to.equal(6_130);
    expect(invited).to.be.at.least(200);
    expect({ invited, ...first.reasons.skipped, rejected }).to.deep.equal(expected);

    const stored = await everything();
    expect(await importContacts(ctx, { file, mapping, asOf })).to.deep.equal(first);
    expect(await everything()).to.deep.equal(stored);
  });
});

async function everything() {
  const collections = Object.values(mongoose.models).map(({ collection }) => collection);
  return Promise.all(
    collections.map(({ name }) => mongoose.connection.collection(name).find().sort({ _id: 1 }).toArray()),
  );
}

/** The rules once more, in the plainest way, straight from the bytes of the file. */
function independentCount() {
  const counts = { invited: 0, tooOld: 0, capped: 0, rejected: 0 };
  const asked = new Set<string>();
  const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  for (const line of lines) {
    const fields = [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((match) => match[1] ?? match[2]!);
    const [created, closed] = [newYorkTime(fields[1]!), newYorkTime(fields[2]!)];
    const occurred = closed >= created && closed <= asOf.getTime() ? closed : created;
    if (occurred < asOf.getTime() - 30 * 24 * 3_600_000) counts.tooOld++;
    else if (asked.has(fields[1]!)) counts.capped++;
    else {
      counts.invited++;
      asked.add(fields[1]!);
    }
  }
  return counts;
}

/** `03/24/2025 11:33:07 PM` in New York as milliseconds; NaN for an empty one. Rule of 2007: second Sunday of March to first of November. */
function newYorkTime(text: string): number {
  const [, month, day, year, hour, minute, second, half] =
    /(\d+)\/(\d+)\/(\d+) (\d+):(\d+):(\d+) (AM|PM)/.exec(text) ?? [];
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    (Number(hour) % 12) + (half === 'PM' ? 12 : 0),
    Number(minute),
    Number(second),
  );
  const sunday = (month: number, nth: number) => {
    const first = new Date(Date.UTC(Number(year), month, 1)).getUTCDay();
    return Date.UTC(Number(year), month, 1 + ((7 - first) % 7) + 7 * (nth - 1), 2);
  };
  const summer = local >= sunday(2, 2) && local < sunday(10, 1);
  return local + (summer ? 4 : 5) * 3_600_000;
}
