import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import { retain } from '../../jobs/retain.ts';
import { putRetention } from '../../surveys/retention/index.ts';
import { haveCatalogue } from '../support/catalogue.ts';
import { testContext } from '../support/context.ts';
import { useStore } from '../support/store.ts';
import { liveThreeMonths } from '../surveys/retention/old-data.ts';

describe('jobs: retention', () => {
  useStore();
  let outbox: string;
  beforeEach(() => {
    outbox = join(mkdtempSync(join(tmpdir(), 'golden-ear-retain-')), 'outbox');
  });
  afterEach(() => rmSync(join(outbox, '..'), { recursive: true }));

  it('deletes the mails of the local outbox after their days', async () => {
    const ctx = testContext('2026-03-10T09:00:00Z');
    await retain(ctx, { outbox });
    mkdirSync(outbox);
    for (const [name, day] of [
      ['old.eml', '2026-03-07T08:59:59Z'],
      ['young.eml', '2026-03-07T09:00:00Z'],
      ['.half.eml.1.tmp', '2026-03-01T00:00:00Z'],
      ['something-else', '2020-01-01T00:00:00Z'],
    ] as const) {
      writeFileSync(join(outbox, name), '');
      utimesSync(join(outbox, name), new Date(day), new Date(day));
    }
    await putRetention({ outboxDays: 3 });
    await retain(ctx, { outbox });
    expect(readdirSync(outbox).sort()).to.deep.equal(['something-else', 'young.eml']);
  });

  it('logs how many were erased of each kind, and nothing else', async () => {
    const lines: Record<string, unknown>[] = [];
    const log = pino(
      { base: null, timestamp: false },
      { write: (line: string) => lines.push(JSON.parse(line)) },
    );
    const ctx = { ...testContext('2025-01-07T10:00:00Z'), log };
    await haveCatalogue(ctx);
    await liveThreeMonths(ctx);
    ctx.clock.set('2028-01-01T00:00:00Z');
    lines.length = 0;
    await retain(ctx, { erasers: { sessions: async () => 2 } });
    expect(lines).to.deep.equal([
      {
        ...{ level: 30, msg: 'erased what was old', sessions: 2 },
        ...{ responses: 48, contacts: 36, invitations: 36, caps: 36, importSalts: 0 },
      },
    ]);
    await retain(ctx, {});
    expect(lines).to.have.length(1);
  });
});
