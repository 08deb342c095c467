import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'node-html-parser';
import { createToken } from '../../server/auth/api-tokens.ts';
import { readFigures } from '../../server/reports/read-figures.ts';
import { createRelease, rollUp } from '../../surveys/aggregates/index.ts';
import { recordResponses } from '../../surveys/responses/index.ts';
import { listGrants } from '../../surveys/unit-records/index.ts';
import { usePages } from '../support/pages.ts';
import { goldenEar } from '../support/service.ts';
import { signedInAs } from '../support/staff.ts';

interface Answer {
  status: number;
  body: { code: string; rows: object[]; errors: { pointer: string; code: string; detail: string }[] };
}

describe('What asks for figures that can not be', () => {
  const pages = usePages();
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-bad-periods-'));
  after(() => rmSync(dataDir, { recursive: true, force: true }));
  let key = '';
  let release = 0;

  /** Grades of one year for one department, released. */
  beforeEach(async () => {
    const answer = { survey: 'customer-journey', department: 'burgerzaken', channel: 'phone', mode: 'kiosk' };
    const items = Array.from({ length: 40 }, (_, index) => ({
      ...answer,
      answerDate: `2025-0${1 + (index % 2)}-10`,
      externalId: `answer ${index}`,
      answers: { overall: 5 + (index % 5) },
    }));
    await recordResponses(pages.ctx, items);
    await rollUp(pages.ctx);
    release = (await createRelease(pages.ctx, 'customer-journey')).number;
    key = await createToken(pages.ctx, {
      name: 'test',
      scopes: ['aggregates:read', 'contacts:write', 'responses:write'],
    });
  });

  async function call(method: string, path: string, body?: object): Promise<Answer> {
    const { status, text } = await pages.request(path, {
      method,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status, body: JSON.parse(text) };
  }
  const aggregates = (query: string) => call('GET', `/v1/aggregates?survey=customer-journey&${query}`);

  it('is told over the API what is wrong, in every format, with the place', async () => {
    const reversed = 'by=period&from=2025-06&to=2025-01';
    for (const query of [
      reversed,
      `${reversed}&format=xlsx`,
      `${reversed}&format=parquet&compare=previous`,
    ]) {
      const { status, body } = await aggregates(query);
      expect([status, body.code, body.errors]).to.deep.equal([
        400,
        'invalidQuery',
        [
          {
            pointer: '/to',
            code: 'endsBeforeStart',
            detail: 'the range ends (2025-01) before it starts (2025-06)',
          },
        ],
      ]);
    }
    for (const [query, pointer] of [
      ['question=overall,nonsense,more', '/question'],
      ['by=department,colour', '/by'],
      ['from=2025-1', '/from'],
      ['by=period&period=decade', '/period'],
      ['by=period&from=2025-01&from=2025-02', '/from'],
    ] as const) {
      const { status, body } = await aggregates(query);
      expect([status, body.code], query).to.deep.equal([400, 'invalidQuery']);
      expect(body.errors.map((fault) => fault.pointer)).to.include(pointer);
    }
  });

  it('gets no more rows than there are, however much it asks for', async () => {
    const ever = 'from=0000-01&to=9999-12';
    const { body } = await aggregates(`by=period&period=month&compare=previous&${ever}`);
    expect(body.rows).to.have.length(12);
    expect((await aggregates(`by=department,channel,product,stage,mode,period&${ever}`)).body.code).to.equal(
      'notReleased',
    );
    const questions = Array.from({ length: 150 }, (_, index) => `unknown${index}`).join();
    const asked = await aggregates(`question=${questions}`);
    expect([asked.status, asked.body.code]).to.deep.equal([400, 'invalidQuery']);
    expect((await aggregates(`question=${questions},${questions}`)).status).to.equal(400);
    for (const path of ['/v1/contacts', '/v1/responses']) {
      const many = await call(
        'POST',
        path,
        Array.from({ length: 1_001 }, () => ({})),
      );
      expect([path, many.status, many.body.code]).to.deep.equal([path, 400, 'invalidBody']);
      const million = await call(
        'POST',
        path,
        Array.from({ length: 1_000_000 }, () => 1),
      );
      expect([path, million.status, million.body.code]).to.deep.equal([path, 400, 'invalidBody']);
    }
  });

  it('is told on pages what there is nothing for', async () => {
    const analyst = await signedInAs(pages, 'analyst');
    const dashboard = await analyst.get('/dashboard?lang=en&question=nonsense&year=0000&period=decade');
    expect(dashboard.status).to.equal(200);
    const told = parse(dashboard.text).querySelector('main')?.text;
    expect(told).to.include('Question, Year, Trend by');
    const reports = await analyst.post(
      '/reports?lang=en',
      { report: 'yearly-1999', language: 'nl', format: 'pdf' },
      '/reports',
    );
    expect(reports.status).to.equal(400);
    expect(reports.text).to.include('There is no such report');
    const quarter = readFigures({ kind: 'quarterly', period: '2025-Q9' }).catch(String);
    expect(await quarter).to.match(/no figures of that period\. It has: 2025-Q1, .*2025-Q4\./);
    const officer = await signedInAs(pages, 'privacy-officer');
    const wish = {
      survey: 'customer-journey',
      from: '2025-06',
      to: '2025-01',
      recipient: 'Team',
      purpose: 'x',
    };
    const grant = await officer.post('/records?lang=en', { ...wish, endDate: '2026-03-20' }, '/records');
    expect(grant.status).to.equal(400);
    expect(grant.text).to.include('Last month: fill in a month that is over and not before the first.');
    expect(await listGrants()).to.deep.equal([]);
    expect((await pages.request(`/open-data/customer-journey/${release}`)).status).to.equal(404);
  });

  it('is told on the command line, and leaves no file', async () => {
    const env = { DATA_DIR: dataDir };
    const out = join(dataDir, 'out.csv');
    const table = ['aggregates', 'export', '--survey', 'customer-journey', '--by', 'period', '--out', out];
    const reversed = await goldenEar([...table, '--from', '2025-06', '--to', '2025-01'], env);
    expect([reversed.code, reversed.stderr.trim().split('\n').at(-1)]).to.deep.equal([
      1,
      '  /to: the range ends (2025-01) before it starts (2025-06)',
    ]);
    const wrong = await goldenEar([...table, '--from', '2025-13', '--period', 'week'], env);
    expect(wrong.code).to.equal(2);
    expect(wrong.stderr).to.include('--period must be one of month, quarter, year').and.include('--from ');
    expect(existsSync(out)).to.equal(false);
  });
});
