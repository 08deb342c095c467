import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ReportData, ReportFigure } from '../../../schemas/generated/report-data.ts';
import { exitCodes, failed } from '../../../server/cli/run.ts';
import { checkData, figureOf } from '../../../server/reports/gather-data.ts';
import { reportOf } from '../../../server/reports/make-report.ts';
import { fillTemplate } from '../../../server/reports/template.ts';
import { templatePath } from '../../../server/reports/template-file.ts';
import { shortSentenceOn } from '../../../server/reports/wording.ts';
import { Problem } from '../../../surveys/problems.ts';

const asked = { question: 'treatment', text: 'Hoe respectvol gingen wij met u om?' };
const shown: ReportFigure = {
  question: 'treatment',
  status: 'published',
  responses: 250,
  satisfied: 0.8,
  satisfiedInterval: [0.746, 0.845],
  target: 0.8,
  verdict: 'undecided',
};
const hidden: ReportFigure = { question: 'treatment', status: 'suppressed' };

/** A year of one department, of which one figure may be shown and another not. */
const data: ReportData = {
  kind: 'yearly',
  period: '2025',
  municipality: 'Gemeente Voorbeeld',
  release: {
    number: 3,
    createdAt: '2026-01-05T05:00:00.000Z',
    floor: 10,
    target: 0.8,
    satisfiedFrom: 7,
    checksum: 'a'.repeat(64),
  },
  questions: [{ key: 'treatment', text: { nl: asked.text, en: 'How respectfully?' }, highest: 5 }],
  all: [shown],
  departments: [{ key: 'balie', name: { nl: 'Balie', en: 'Counter' }, figures: [hidden] }],
  products: [],
  channels: [],
  promises: [
    { department: { nl: 'Balie', en: 'Counter' }, quarter: '2025-Q1', due: 20, share: 0.9 },
    { department: { nl: 'Balie', en: 'Counter' }, quarter: '2025-Q2' },
  ],
  gaps: [{ department: { nl: 'Balie', en: 'Counter' }, verdict: 'better', staff: 80, residents: 60 }],
  actions: [],
};

describe('the words of a report', () => {
  it('follow from the status and verdict of a figure', () => {
    const say = (figure: ReportFigure | undefined) => shortSentenceOn('nl', asked, figure);
    const sentence = '80% vond ons respectvol (tussen 75% en 85%). Doel van 80%: nog niet te zeggen.';
    expect(say(shown)).to.equal(sentence);
    expect(say({ ...shown, status: 'indicative', responses: 12 })).to.equal(
      `${sentence} Dit zijn weinig antwoorden (12). Zie het cijfer als een aanwijzing.`,
    );
    expect(say(hidden)).to.equal(`${asked.text} Dit cijfer tonen wij niet.`);
    expect(say(undefined)).to.equal(`${asked.text} Hierover is niets bekend.`);
  });

  it('never hold a number of a hidden figure, whatever the row says', async () => {
    const row = { question: 'treatment', status: 'suppressed', responses: 7, satisfied: 0.31 } as const;
    expect(figureOf(row)).to.deep.equal(hidden);
    const leaking = { ...data, all: [row] };
    expect(() => checkData(leaking)).to.throw(Problem, 'no data of a report');
    const { blocks } = (await reportOf(leaking, 'no-such-folder', 'nl')).document;
    expect(JSON.stringify(blocks)).to.include('niet getoond').and.not.include('31%');
  });

  it('tell promises, the gap and what was told in both languages', async () => {
    const told = { department: { nl: 'Balie', en: 'Counter' }, said: 'Lange rij.', did: 'Extra loket.' };
    const say = async (language: 'nl' | 'en') =>
      JSON.stringify(
        (await reportOf({ ...data, actions: [told] }, 'no-such-folder', language)).document.blocks,
      );
    expect(await say('nl'))
      .to.include('Balie, kwartaal 1 van 2025: 90% van 20 beloften')
      .and.include('Balie, kwartaal 2 van 2025: te weinig beloften om te tonen')
      .and.include('medewerkers denken dat 80 van de 100 inwoners zich gehoord voelen')
      .and.include('Wij deden: Extra loket.');
    expect(await say('en'))
      .to.include('We did: Extra loket.')
      .and.include('Counter, quarter 1 of 2025: 90%');
  });
});

describe('the template of a report', () => {
  it('lets no value begin a line of its own', () => {
    const values = { name: 'Balie\n# Een andere titel\n- een punt' };
    const { blocks } = fillTemplate('# Verslag\n\nVan {{ name }}\n', { language: 'nl', values, pieces: {} });
    expect(blocks).to.have.length(2);
  });

  it('stops at a fault with its line, and the command with exit code 1', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'golden-ear-template-'));
    try {
      writeFileSync(templatePath(folder, 'nl'), '# Verslag\n{{ overal }}\n');
      const error = await reportOf(data, folder, 'nl').catch((caught: unknown) => caught);
      expect(error).to.be.instanceOf(Problem);
      expect((error as Problem).message).to.include('fault at line 2, column 4: undefined variable: overal');
      expect(failed(error, false)).to.equal(exitCodes.failed);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
