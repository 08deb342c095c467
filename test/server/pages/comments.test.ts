import { expect } from 'chai';
import { parse } from 'node-html-parser';
import { AuditModel } from '../../../server/audit/model.ts';
import { rollUp } from '../../../surveys/aggregates/index.ts';
import { putEntry } from '../../../surveys/municipality/index.ts';
import { ResponseModel, recordResponses } from '../../../surveys/responses/index.ts';
import { usePages } from '../../support/pages.ts';
import { type StaffBrowser, signedInAs } from '../../support/staff.ts';

describe('Comments of residents', () => {
  const pages = usePages();

  /** Answers of February, each with its own comment; the clock stands in March. */
  async function comment(department: string, count: number, answerDate = '2026-02-10'): Promise<void> {
    const items = Array.from({ length: count }, (_, n) => ({
      survey: 'customer-journey',
      department,
      channel: 'counter',
      product: 'paspoort',
      mode: 'paper',
      answerDate,
      externalId: `${department}-${answerDate}-${n}`,
      answers: { overall: 2, comment: `Reactie ${n} aan ${department}` },
    }));
    await recordResponses(pages.ctx, items);
    await rollUp(pages.ctx);
  }

  const shown = async (browser: StaffBrowser, path = '/comments') =>
    parse((await browser.get(path)).text)
      .querySelectorAll('.ge-comment')
      .map(({ text }) => text.trim());

  it('are shown from twenty on, without anything of the rest of the answer, in another order each time', async () => {
    await comment('burgerzaken', 19);
    const manager = await signedInAs(pages, 'programme-manager');
    expect(await shown(manager)).to.deep.equal([]);
    await comment('burgerzaken', 20);
    const first = await shown(manager);
    expect(first).to.have.length(20);
    expect(first)
      .to.have.members(await shown(manager))
      .and.not.deep.equal(await shown(manager));
    const page = (await manager.get('/comments')).text;
    expect(page).not.to.include('paspoort').and.not.include('Balie');
    const [response] = await ResponseModel.find().lean();
    expect(page).not.to.include(response!._id);
  });

  it('of a month that is not over are not shown: nobody sees one arrive', async () => {
    await comment('burgerzaken', 25, '2026-03-09');
    const manager = await signedInAs(pages, 'programme-manager');
    expect(await shown(manager, '/comments?month=2026-03')).to.deep.equal([]);
  });

  it('that are too few stand with those of the department above, for coordinators of either', async () => {
    await putEntry('department', 'dienstverlening', { names: { nl: 'Dienstverlening' } });
    for (const key of ['burgerzaken', 'vergunningen'])
      await putEntry('department', key, { names: { nl: key }, parent: 'dienstverlening' });
    await comment('burgerzaken', 12);
    await comment('vergunningen', 8);
    await comment('los-team', 25);
    expect(await shown(await signedInAs(pages, 'coordinator', ['burgerzaken']))).to.have.length(20);
    expect(await shown(await signedInAs(pages, 'programme-manager'))).to.have.length(45);
  });

  it('of others are for no coordinator, and those of the whole municipality neither', async () => {
    await comment('vergunningen', 25);
    await comment('burgerzaken', 12);
    await comment('los-team', 12);
    const coordinator = await signedInAs(pages, 'coordinator', ['burgerzaken']);
    expect(await shown(coordinator)).to.deep.equal([]);
    expect(await shown(await signedInAs(pages, 'programme-manager'))).to.have.length(49);
  });

  it('are left out when they were flagged or deleted', async () => {
    await comment('burgerzaken', 22);
    const [one, other] = await ResponseModel.find().lean();
    await ResponseModel.updateOne({ _id: one!._id }, { $set: { flagged: true } });
    const manager = await signedInAs(pages, 'programme-manager');
    expect(await shown(manager)).to.have.length(21);
    await ResponseModel.updateOne({ _id: other!._id }, { $set: { deleted: true } });
    expect(await shown(manager)).to.have.length(20);
  });

  it('get themes, become a signal, and each look is written down', async () => {
    await comment('burgerzaken', 20);
    const coordinator = await signedInAs(pages, 'coordinator', ['burgerzaken']);
    const page = parse((await coordinator.get('/comments')).text);
    const ref = page.querySelector('input[name=ref]')!.getAttribute('value')!;
    const mark = { survey: 'customer-journey', month: '2026-02', ref };
    const marked = await coordinator.post('/comments', [
      ...Object.entries(mark),
      ['themes', 'waiting'],
      ['themes', 'no-such-theme'],
    ]);
    expect(marked.status).to.equal(303);
    expect(await shown(coordinator, '/comments?theme=waiting')).to.have.length(1);
    const filtered = parse((await coordinator.get('/comments?theme=waiting')).text);
    const link = filtered.querySelector('details a')!.getAttribute('href')!;
    const form = parse((await coordinator.get(link.replaceAll('&amp;', '&'))).text);
    expect(form.querySelector('#kind option[selected]')?.getAttribute('value')).to.equal('comment');
    expect(form.querySelector('#month')?.getAttribute('value')).to.equal('2026-02');
    const stranger = await signedInAs(pages, 'programme-manager');
    expect((await stranger.post('/comments', { ...mark, ref: 'f'.repeat(24) })).status).to.equal(404);
    const written = (await AuditModel.find().lean()).map(({ what, on }) => `${what} ${on}`);
    expect(written).to.include.members([
      'comments.viewed customer-journey 2026-02',
      'comments.marked customer-journey 2026-02',
    ]);
  });
});
