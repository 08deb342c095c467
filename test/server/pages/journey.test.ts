import { expect } from 'chai';
import { parse } from 'node-html-parser';
import { createRelease, rollUp } from '../../../surveys/aggregates/index.ts';
import { recordResponses } from '../../../surveys/responses/index.ts';
import { putSurveySettings } from '../../../surveys/settings/index.ts';
import { usePages } from '../../support/pages.ts';
import { signedInAs } from '../../support/staff.ts';

describe('the customer journey as a curve', () => {
  const pages = usePages();

  /** Forty answers about each product in each stage, from 4 up; so many of them a 7 or higher. */
  async function fill(satisfied: Record<string, number>): Promise<void> {
    const { ctx } = pages;
    const answer = (stage: string, product: string, department: string, overall: number) => ({
      ...{ survey: 'customer-journey', department, channel: 'counter', mode: 'web', product },
      ...(stage && { stage }),
      answers: { overall },
    });
    const items = Object.entries(satisfied).flatMap(([stage, count]) =>
      Array.from({ length: 40 }, (_, index) => (index < count ? 7 + (index % 4) : 4 + (index % 3))).flatMap(
        (overall, index) =>
          ['paspoort', 'rijbewijs'].map((product) =>
            answer(stage, product, index % 2 ? 'burgerzaken' : 'werk', overall),
          ),
      ),
    );
    await putSurveySettings('customer-journey', { knownAnswers: 0 });
    await recordResponses(ctx, items, { idempotencyKey: 'journey' });
    await rollUp(ctx);
    await createRelease(ctx, 'customer-journey');
  }

  const open = async (query = '', role: 'analyst' | 'coordinator' = 'analyst') =>
    parse((await (await signedInAs(pages, role)).get(`/journey${query}`)).text);

  it('shows the stages in the order of the survey, others after them, and names the weakest', async () => {
    await fill({ decision: 34, waiting: 12, applying: 36, 'own-stage': 33 });
    const page = await open('?product=paspoort');
    const rows = page
      .querySelectorAll('tbody tr')
      .map((row) => row.querySelectorAll('th, td').map(({ text }) => text));
    expect(rows).to.deep.equal([
      ['Aanvragen', '90%', 'tussen 77% en 96%', '8,1', '40'],
      ['Wachten (zwakste moment)', '30%', 'tussen 18% en 45%', '6,0', '40'],
      ['Besluit', '85%', 'tussen 71% en 93%', '7,9', '40'],
      ['own stage', '83%', 'tussen 68% en 91%', '7,8', '40'],
    ]);
    expect(page.text).to.include(
      'Het zwakste moment is: Wachten. Daar zijn duidelijk minder mensen tevreden dan bij:',
    );
    const svg = page.querySelector('svg');
    expect(svg?.getAttribute('role')).to.equal('img');
    expect(svg?.text).to.include('zwakste moment').and.include('30%');
    expect(svg?.toString()).not.to.match(/<style|style=|<script/);
  });

  it('does not call a difference clear that may be chance', async () => {
    await fill({ applying: 33, waiting: 31 });
    expect((await open()).text).to.include(
      'Het laagste cijfer heeft: Wachten. Het verschil met de andere fasen kan toeval zijn.',
    );
  });

  it('says how to send the stage where contacts name none', async () => {
    await fill({ '': 30 });
    const page = await open();
    expect(page.text).to.include('Er zijn nog geen fasen').and.include('"stage": "applying"');
    expect(page.querySelector('svg')).to.equal(null);
  });

  it('says which choice in the address there is nothing for', async () => {
    await fill({ applying: 33, waiting: 31 });
    expect((await open('?product=paspoort&question=overall')).text).not.to.include('Deze keuze is er niet');
    expect((await open('?product=zwembad&question=no-such')).text).to.include(
      'Hiervan zijn er geen cijfers die u kunt zien: Product, Vraag.',
    );
  });

  it('shows a coordinator nothing that is over all departments', async () => {
    await fill({ applying: 33, waiting: 12 });
    const page = await open('', 'coordinator');
    expect(page.text).to.include('U ziet alleen cijfers van uw eigen afdelingen.');
    expect(page.querySelector('table')).to.equal(null);
  });
});
