import { expect } from 'chai';
import { auditPage } from '../../server/audit/read.ts';
import { createRelease, rollUp } from '../../surveys/aggregates/index.ts';
import { type ApiUnderTest, startApi } from '../support/api.ts';
import { haveCatalogue } from '../support/catalogue.ts';
import { testContext } from '../support/context.ts';
import { useStore } from '../support/store.ts';

interface Table {
  release: number;
  rows: Record<string, unknown>[];
  total: Record<string, unknown>;
}

/** Answers per department and channel, with grades from 1 to 10; two of the numbers are small. */
const places = [
  { department: 'burgerzaken', channel: 'counter', times: 40 },
  { department: 'burgerzaken', channel: 'phone', times: 30 },
  { department: 'burgerzaken', channel: 'website', times: 2 },
  { department: 'wonen', channel: 'counter', times: 30 },
  { department: 'wonen', channel: 'phone', times: 9 },
  { department: 'wonen', channel: 'website', times: 30 },
];

describe('Released scores over the API', () => {
  useStore();
  let api: ApiUnderTest;
  beforeEach(async () => {
    api = await startApi(testContext());
    await haveCatalogue(api.ctx);
    const body = places.flatMap(({ department, channel, times }) =>
      Array.from({ length: times }, (_, index) => ({
        survey: 'customer-journey',
        department,
        channel,
        mode: 'kiosk',
        externalId: `${department}-${channel}-${index}`,
        answers: { overall: 1 + ((index * 7) % 10) },
      })),
    );
    expect((await api.call('POST', '/v1/responses', { body })).status).to.equal(202);
    await rollUp(api.ctx);
    const settings = { tables: [{ by: ['department', 'channel'] }] };
    await api.call('PUT', '/v1/surveys/customer-journey/settings', { body: settings });
    await createRelease(api.ctx, 'customer-journey');
  });
  afterEach(() => api.close());

  const path = '/v1/aggregates?survey=customer-journey';

  it('come per department and channel, with a total, an interval and a verdict; small cells hidden', async () => {
    const { status, body } = await api.call('GET', `${path}&by=department,channel`);
    expect(status).to.equal(200);
    const { release, rows, total } = body as Table;
    expect(release).to.equal(1);
    const website = rows.find((row) => row.department === 'burgerzaken' && row.channel === 'website');
    expect(website)
      .to.include({ status: 'suppressed' })
      .and.not.have.any.keys('responses', 'mean', 'satisfied');
    expect(rows.filter((row) => row.status === 'suppressed').length).to.be.at.least(2);
    expect(total).to.include({ status: 'published', verdict: 'notMet' });
  });

  it('come as CSV to who asks for it, also as Excel in a Dutch locale reads it', async () => {
    const csv = await api.call('GET', path, { headers: { Accept: 'text/csv' } });
    expect(csv.headers.get('content-type')).to.match(/^text\/csv/);
    expect(csv.text).to.match(/^question,status,/);
    const excel = await api.call('GET', path, { headers: { Accept: 'text/csv;flavour=excel-nl' } });
    expect(excel.text).to.match(/^question;status;/);
  });

  const files: [query: string, accept: string, type: RegExp, name: string][] = [
    ['&format=xlsx', '*/*', /spreadsheetml/, 'customer-journey-1.xlsx'],
    ['', 'application/vnd.apache.parquet', /parquet/, 'customer-journey-1.parquet'],
    ['&format=spss', '*/*', /zip/, 'customer-journey-1.zip'],
    ['', 'application/x-ndjson', /x-ndjson/, 'customer-journey-1.ndjson'],
    ['', 'text/csv;profile=ggm', /profile=ggm/, 'customer-journey-1-ggm.csv'],
    ['&format=csvw', '*/*', /csvm\+json/, 'customer-journey-1.csv-metadata.json'],
    ['&format=json', '*/*', /json/, 'customer-journey-1.json'],
    ['&format=csv', '*/*', /text\/csv/, 'customer-journey-1.csv'],
  ];
  for (const [query, Accept, type, name] of files) {
    it(`come as ${name}, and that is written down`, async () => {
      const { status, headers } = await api.call('GET', `${path}${query}`, { headers: { Accept } });
      expect(status).to.equal(200);
      expect(headers.get('content-type')).to.match(type);
      expect(headers.get('content-disposition')).to.equal(`attachment; filename="${name}"`);
      const written = await auditPage(undefined, 10);
      expect(written.map(({ what }) => what)).to.include('figures.exported');
    });
  }

  it('name the metadata of their CSV', async () => {
    const { headers } = await api.call('GET', `${path}&format=csv`);
    const link = /<(.*)>; rel="describedby"/.exec(headers.get('link') ?? '')?.[1];
    const { text } = await api.call('GET', `/v1/aggregates${link}`);
    expect(JSON.parse(text)).to.include({ url: 'customer-journey-1.csv' });
  });

  it('are not made up on request: a table that is not declared is refused with those there are', async () => {
    const { status, body } = await api.call('GET', `${path}&by=channel,product`);
    expect(status).to.equal(400);
    expect(body).to.include({ code: 'notReleased' });
    expect(JSON.stringify(body)).to.include('department');
  });

  const faulty: [string, string][] = [
    ['', '/survey'],
    ['?survey=customer-journey&by=colour', '/by'],
    ['?survey=customer-journey&from=2026-13', '/from'],
    ['?survey=customer-journey&period=week', '/period'],
    ['?survey=customer-journey&survey=customer-journey', '/survey'],
    ['?survey=customer-journey&sort=mean', '/sort'],
    ['?survey[$ne]=x', '/survey'],
  ];
  for (const [query, pointer] of faulty) {
    it(`refuse the query "${query}"`, async () => {
      const { body } = await api.call('GET', `/v1/aggregates${query}`);
      expect(body).to.include({ status: 400, code: 'invalidQuery' });
      const { errors } = body as { errors: { pointer: string }[] };
      expect(errors.map((error) => error.pointer)).to.include(pointer);
    });
  }

  it('say of a survey or a release that there is none', async () => {
    expect((await api.call('GET', '/v1/aggregates?survey=unknown')).status).to.equal(404);
    expect((await api.call('GET', `${path}&release=9`)).status).to.equal(404);
  });
});
