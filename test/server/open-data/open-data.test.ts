import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { parse as parseCsv } from 'csv-parse/sync';
import jsonld from 'jsonld';
import { Parser, Writer } from 'n3';
import { parse } from 'node-html-parser';
import { createToken } from '../../../server/auth/api-tokens.ts';
import { publishOpenData } from '../../../server/open-data/publish.ts';
import { createRelease, readAggregates } from '../../../surveys/aggregates/index.ts';
import { defaultMunicipality, putEntry, putMunicipality } from '../../../surveys/municipality/index.ts';
import { findEdition } from '../../../surveys/open-data/index.ts';
import { putSurveySettings } from '../../../surveys/settings/index.ts';
import { usePages } from '../../support/pages.ts';
import { putAnswers } from '../../surveys/aggregates/answers.ts';

const survey = 'customer-journey';
const publisher = 'https://identifier.overheid.nl/tooi/id/gemeente/gm0034';
const licence = 'http://creativecommons.org/publicdomain/zero/1.0/deed.nl';
const dcat = 'http://www.w3.org/ns/dcat#';
const dct = 'http://purl.org/dc/terms/';

/** What DCAT-AP-NL 3.0 and the profiles under it ask of each class at least. */
const mandatory: Record<string, string[]> = {
  [`${dcat}Catalog`]: [
    ...[`${dct}title`, `${dct}description`, `${dct}publisher`, `${dct}license`],
    ...[`${dcat}contactPoint`, `${dcat}dataset`],
  ],
  [`${dcat}Dataset`]: [
    ...[`${dct}title`, `${dct}description`, `${dct}identifier`, `${dct}accessRights`, `${dct}creator`],
    ...[`${dct}publisher`, `${dcat}contactPoint`, `${dcat}theme`, `${dcat}distribution`],
  ],
  [`${dcat}Distribution`]: [`${dcat}accessURL`, `${dct}license`],
  'http://xmlns.com/foaf/0.1/Agent': ['http://xmlns.com/foaf/0.1/name'],
  'http://spdx.org/rdf/terms#Checksum': [
    'http://spdx.org/rdf/terms#algorithm',
    'http://spdx.org/rdf/terms#checksumValue',
  ],
};

describe('open data', () => {
  const pages = usePages();
  let names = 0;
  const turnOn = () => putMunicipality({ ...defaultMunicipality, openData: { publisher, licence } });
  const all = { 5: 8, 6: 8, 7: 8, 8: 8, 9: 8 };
  const answers = (department: string, overall: Record<string, number>) => ({
    place: { department, month: '2026-03' },
    histograms: { overall },
  });

  async function town(): Promise<void> {
    await putSurveySettings(survey, { knownAnswers: 0, tables: [{ by: ['department', 'channel'] }] });
    await putEntry('department', 'parks', { names: { nl: 'Groen' } });
    await putAnswers([
      answers('parks', all),
      answers('roads', { 5: 2, 6: 2, 7: 2, 8: 2, 9: 1 }),
      answers('tax', { 5: 4, 6: 4, 7: 4, 8: 4, 9: 4 }),
    ]);
    await createRelease(pages.ctx, survey);
  }
  const json = async (path: string) => JSON.parse((await pages.request(path)).text);

  it('is off until the municipality turns it on: there is nothing, and nothing can be published', async () => {
    await town();
    await turnOn();
    const { files } = await publishOpenData(pages.ctx, survey);
    await putMunicipality(defaultMunicipality);
    const file = `/open-data/${survey}/1/${files[0]!.name}`;
    for (const path of [
      '/open-data',
      '/open-data/catalogue',
      '/open-data/catalogue.ttl',
      `/open-data/${survey}/1`,
      file,
    ]) {
      expect((await pages.request(path)).status, path).to.equal(404);
    }
    const refused = await publishOpenData(pages.ctx, survey).catch((error) => error);
    expect(refused.code).to.equal('openDataOff');
    await turnOn();
    expect((await pages.request(file)).status, 'turned on again').to.equal(200);
  });

  it('holds what the release shows and nothing that it hides, in files that never change', async () => {
    await town();
    await turnOn();
    const edition = await publishOpenData(pages.ctx, survey);
    const base = `/open-data/${survey}/1`;
    const shown = await json(`${base}/department-year.json`);
    const query = { survey, by: 'department,period', period: 'year' as const, release: '1' };
    const { rows } = await readAggregates(query);
    expect(shown.rows.filter(({ question }: { question: string }) => question === 'overall')).to.deep.equal(
      rows,
    );
    const hidden = rows.filter(({ status }) => status === 'suppressed');
    expect(hidden.map(({ department }) => department)).to.deep.equal(['roads', 'tax']);

    const csv = await pages.request(`${base}/department-year.csv`);
    const records = parseCsv(csv.text, { columns: true }) as Record<string, string>[];
    for (const { department, status, responses, mean } of records)
      if (department !== 'parks') expect([status, responses, mean]).to.deep.equal(['suppressed', '', '']);
    expect(csv.headers.get('link')).to.include('department-year.csv-metadata.json');
    const metadata = await json(`${base}/department-year.csv-metadata.json`);
    expect(metadata.url).to.equal('department-year.csv');
    expect(metadata.tableSchema.columns.map(({ titles }: { titles: string }) => titles)).to.deep.equal(
      Object.keys(records[0]!),
    );

    // Later answers, another name of a department and a new release change nothing of it.
    await putEntry('department', 'parks', { names: { nl: 'Bos en park' } });
    await putAnswers([answers('parks', { ...all, 9: 60 })]);
    pages.ctx.clock.set('2026-03-12T09:00:00Z');
    await createRelease(pages.ctx, survey);
    expect(await publishOpenData(pages.ctx, survey, 1)).to.deep.equal(edition);
    for (const { name, checksum, bytes } of edition.files) {
      const answer = await fetch(`${pages.url}${base}/${name}`);
      const body = Buffer.from(await answer.arrayBuffer());
      expect(createHash('sha256').update(body).digest('hex'), name).to.equal(checksum);
      expect(body.length).to.equal(bytes);
      expect(answer.headers.get('cache-control')).to.equal('public, max-age=31536000, immutable');
    }
    const [{ name, checksum }] = edition.files as [(typeof edition.files)[number]];
    const again = await pages.request(`${base}/${name}`, { headers: { 'if-none-match': `"${checksum}"` } });
    expect([again.status, again.text]).to.deep.equal([304, '']);
    expect((await pages.request(`${base}/nothing.csv`)).status).to.equal(404);
    expect((await pages.request(`/open-data/${survey}/2`)).status, 'released, not published').to.equal(404);
  });

  it('is described in Turtle with the same statements, by its address or by what is asked for', async () => {
    await town();
    await turnOn();
    await publishOpenData(pages.ctx, survey);
    const json = await pages.request('/open-data/catalogue');
    const asked = (accept: string) => pages.request('/open-data/catalogue', { headers: { accept } });
    const turtle = await pages.request('/open-data/catalogue.ttl');
    expect(turtle.headers.get('content-type')).to.equal('text/turtle; charset=utf-8');
    expect((await asked('text/turtle')).text).to.equal(turtle.text);
    expect((await asked('text/turtle;q=0.5, application/ld+json')).text).to.equal(json.text);
    expect((await asked('text/html,*/*;q=0.8')).text, 'a browser').to.equal(json.text);
    expect(json.headers.get('vary')).to.include('Accept');

    const canonical = (input: object | string, inputFormat?: 'application/n-quads') =>
      jsonld.canonize(input as object, {
        format: 'application/n-quads',
        ...(inputFormat && { inputFormat }),
      });
    const quads = new Parser().parse(turtle.text);
    const lines = new Writer({ format: 'N-Quads' }).quadsToString(quads);
    expect(quads.length).to.be.above(100);
    expect(await canonical(lines, 'application/n-quads')).to.equal(await canonical(JSON.parse(json.text)));
  });

  it('is described as RDF by DCAT-AP-NL: every dataset, file, licence, period, method and checksum', async () => {
    await town();
    await turnOn();
    const edition = await publishOpenData(pages.ctx, survey);
    const answer = await pages.request('/open-data/catalogue');
    expect(answer.headers.get('content-type')).to.include('application/ld+json');
    const quads = (await jsonld.toRDF(JSON.parse(answer.text))) as {
      subject: { value: string };
      predicate: { value: string };
      object: { value: string; language?: string };
    }[];
    const objects = (subject: string, predicate: string) =>
      quads.filter((quad) => quad.subject.value === subject && quad.predicate.value === predicate);
    const typed = (type: string) =>
      quads.filter(({ predicate, object }) => predicate.value.endsWith('#type') && object.value === type);
    for (const [type, properties] of Object.entries(mandatory)) {
      expect(typed(type), type).not.to.deep.equal([]);
      for (const { subject } of typed(type))
        for (const property of properties)
          expect(objects(subject.value, property), `${subject.value} ${property}`).not.to.deep.equal([]);
    }
    const dataset = `${pages.url}/open-data/${survey}/1`;
    const value = (predicate: string, subject = dataset) => objects(subject, predicate)[0]!.object.value;
    expect(objects(dataset, `${dcat}distribution`)).to.have.length(edition.files.length);
    expect(value(`${dct}publisher`)).to.equal(publisher);
    expect(value(`${dcat}endDate`, value(`${dct}temporal`))).to.equal('2026-12-31');
    expect(JSON.stringify(objects(dataset, `${dct}title`).map(({ object }) => object.language))).to.equal(
      '["nl","en"]',
    );
    const told = quads
      .filter(({ predicate }) => predicate.value.endsWith('label'))
      .map(({ object }) => object.value);
    expect(told.join(' ')).to.include('minder dan 10 antwoorden').and.include('Wilson');
    for (const { object } of objects(dataset, `${dcat}distribution`)) {
      const url = value(`${dcat}downloadURL`, object.value);
      const body = Buffer.from(await (await fetch(url)).arrayBuffer());
      const sum = value(
        'http://spdx.org/rdf/terms#checksumValue',
        value('http://spdx.org/rdf/terms#checksum', object.value),
      );
      expect(createHash('sha256').update(body).digest('hex'), url).to.equal(sum);
    }
  });

  it('has a page with every file, and is published through the API by who may', async () => {
    await town();
    await turnOn();
    const publish = async (scopes: 'municipality:write'[] | 'aggregates:read'[], body: object) => {
      const token = await createToken(pages.ctx, { name: `open data ${names++}`, scopes });
      return fetch(`${pages.url}/v1/open-data/editions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    };
    expect((await publish(['aggregates:read'], { survey })).status).to.equal(403);
    expect((await publish(['municipality:write'], { survey, release: 0 })).status).to.equal(400);
    expect((await publish(['municipality:write'], { survey, release: 7 })).status).to.equal(404);
    const published = await publish(['municipality:write'], { survey, release: 1 });
    const { files } = (await published.json()) as { files: string[] };
    for (const lang of ['nl', 'en']) {
      const page = parse((await pages.request(`/open-data?lang=${lang}`)).text);
      const links = page
        .querySelectorAll('a[href^="/open-data/customer"]')
        .map((link) => link.getAttribute('href'));
      expect(links).to.have.members(files);
      expect(page.text).to.include(licence).and.not.include('{{').and.not.include('openData.');
    }
  });

  it('never holds groups of fewer than ten, whatever the floor of the survey is', async () => {
    await putSurveySettings(survey, { floor: 5, knownAnswers: 0 });
    await putAnswers([answers('parks', { 5: 2, 6: 2, 7: 2, 8: 1, 9: 1 })]);
    await createRelease(pages.ctx, survey);
    await turnOn();
    const refused = await publishOpenData(pages.ctx, survey).catch((error) => error);
    expect(refused.code).to.equal('floorTooLow');
    expect(await findEdition(`${survey}/1`)).to.equal(undefined);
  });
});
