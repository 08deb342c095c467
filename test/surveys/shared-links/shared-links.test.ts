import { expect } from 'chai';
import fc from 'fast-check';
import { CellModel, checkCells, rollUp } from '../../../surveys/aggregates/index.ts';
import { ResponseModel } from '../../../surveys/responses/index.ts';
import {
  closeSharedLink,
  codeOf,
  countSharedAnswers,
  createSharedLink,
  findSharedLink,
  issueTicket,
  listSharedLinks,
  mintCode,
  type NewSharedLink,
  qrSvg,
  readCode,
  readSharedAnswers,
  readTicket,
  SharedLinkModel,
  stateOf,
  submitSharedAnswers,
} from '../../../surveys/shared-links/index.ts';
import { haveCatalogue } from '../../support/catalogue.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';

const round: NewSharedLink = {
  purpose: 'round',
  survey: 'golden-ear-quickscan',
  version: 1,
  department: 'burgerzaken',
  channel: 'website',
  mode: 'web',
  month: '2026-03',
  opensAt: new Date('2026-03-10T08:00:00Z'),
  closesAt: new Date('2026-04-02T16:00:00Z'),
};
const scan = { q1: 2, q2: 1, q3: 3, q4: 2 };

describe('A shared link', () => {
  useStore();
  const ctx = testContext('2026-03-10T09:00:00Z');
  beforeEach(async () => {
    ctx.clock.set('2026-03-10T09:00:00Z');
    await haveCatalogue(ctx);
  });

  /** Opens the form and sends it after a while. */
  async function answer(link: Parameters<typeof issueTicket>[1] & { _id: string }, seconds = 60) {
    const found = await SharedLinkModel.findById(link._id).lean();
    const ticket = readTicket(ctx, link, issueTicket(ctx, link));
    ctx.clock.advance(seconds * 1000);
    return submitSharedAnswers(ctx, found!, scan, { token: ticket!.token, ticket, rush: false });
  }

  it('is found by its code however it is typed, and the store does not tell the code', async () => {
    const { link, code } = await createSharedLink(ctx, round);
    expect(code).to.match(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    for (const typed of [code, code.toLowerCase(), code.replace('-', ''), ` ${code.replace('-', ' ')} `]) {
      expect((await findSharedLink(ctx, typed))?._id, typed).to.equal(link._id);
    }
    expect(await findSharedLink(ctx, 'ZZZZ-ZZZZ')).to.equal(undefined);
    expect(JSON.stringify(await SharedLinkModel.find().lean())).not.to.include(code);
    expect(codeOf(ctx, link)).to.equal(code);
    expect((await listSharedLinks('round', { department: 'burgerzaken' })).length).to.equal(1);
    expect(await listSharedLinks('card')).to.deep.equal([]);
  });

  it('reads what people type for a letter, and no other text as a code', () => {
    expect(readCode('o1il-0000')).to.equal('0111-0000');
    fc.assert(fc.property(fc.constant(0), () => readCode(mintCode()) !== undefined));
    fc.assert(
      fc.property(fc.string(), (text) => {
        const code = readCode(text);
        return code === undefined || readCode(code) === code;
      }),
    );
    for (const wrong of ['', 'ABCD-EFG', 'ABCD-EFGHJ', 'ABCD-EFGU', '????-????'])
      expect(readCode(wrong), wrong).to.equal(undefined);
  });

  it('counts its answers in the month of the link, also those of the next month', async () => {
    const { link } = await createSharedLink(ctx, round);
    await answer(link);
    ctx.clock.set('2026-04-01T10:00:00Z');
    await answer(link);
    expect(await ResponseModel.distinct('month')).to.deep.equal(['2026-03']);
    expect(await countSharedAnswers(ctx, link)).to.deep.equal({ counted: 2, flagged: 0 });
  });

  it('takes the same form twice as one answer, and lets its holder change it', async () => {
    const { link } = await createSharedLink(ctx, round);
    const ticket = readTicket(ctx, link, issueTicket(ctx, link))!;
    ctx.clock.advance(60_000);
    const send = (answers: object) =>
      submitSharedAnswers(ctx, link, answers, { token: ticket.token, ticket, rush: false });
    expect((await send(scan)).replaced).to.equal(false);
    expect((await send({ ...scan, q1: 0 })).replaced).to.equal(true);
    expect(await countSharedAnswers(ctx, link)).to.deep.equal({ counted: 1, flagged: 0 });
    expect(await readSharedAnswers(link, ticket.token)).to.deep.include({ q1: 0 });
  });

  it('believes no ticket of another link, or that was changed', async () => {
    const [one, other] = [await createSharedLink(ctx, round), await createSharedLink(ctx, round)];
    const ticket = issueTicket(ctx, one.link);
    expect(readTicket(ctx, one.link, ticket)).to.have.keys('token', 'openedAt');
    expect(readTicket(ctx, other.link, ticket)).to.equal(undefined);
    const [token, time, mac] = ticket.split('.') as [string, string, string];
    for (const forged of [`${token}.0.${mac}`, `${token}.${time}`, `${token}.${time}.${mac}.x`, '', 7])
      expect(readTicket(ctx, one.link, forged)).to.equal(undefined);
  });

  it('takes an answer that was begun before it closed, for an hour, and no other', async () => {
    const { link } = await createSharedLink(ctx, round);
    const begun = readTicket(ctx, link, issueTicket(ctx, link))!;
    ctx.clock.advance(60_000);
    await closeSharedLink(ctx, link._id);
    const closed = (await SharedLinkModel.findById(link._id).lean())!;
    expect(stateOf(closed, ctx.clock.now())).to.equal('closed');
    ctx.clock.advance(1);
    const late = readTicket(ctx, link, issueTicket(ctx, link))!;
    const send = (ticket: typeof late) =>
      submitSharedAnswers(ctx, closed, scan, { token: ticket.token, ticket, rush: false }).then(
        () => 'stored',
        (error) => error.code,
      );
    ctx.clock.advance(59 * 60_000);
    expect(await send(late)).to.equal('surveyClosed');
    expect(await send(begun)).to.equal('stored');
    ctx.clock.advance(60_000);
    expect(await send(begun)).to.equal('surveyClosed');
  });

  it('flags by rule, once and for good, what no person sends; it counts nowhere', async () => {
    const { link } = await createSharedLink(ctx, round);
    await answer(link);
    await answer(link, 2);
    await submitSharedAnswers(ctx, link, scan, { token: 'a'.repeat(32), ticket: undefined, rush: false });
    const ticket = readTicket(ctx, link, issueTicket(ctx, link))!;
    ctx.clock.advance(60_000);
    await submitSharedAnswers(ctx, link, scan, { token: ticket.token, ticket, rush: true });
    await submitSharedAnswers(ctx, link, scan, { token: ticket.token, ticket, rush: false });
    expect(await countSharedAnswers(ctx, link)).to.deep.equal({ counted: 1, flagged: 3 });
    await rollUp(ctx);
    expect((await CellModel.find().lean()).map(({ n }) => n)).to.deep.equal([1]);
    expect(await checkCells()).to.deep.equal([]);
  });

  it('has a QR code that is drawn without styles and says where it leads', async () => {
    const svg = await qrSvg('https://voorbeeld.example/r/7KQ2-M9XD', 'Quickscan "Burgerzaken"');
    expect(svg).to.match(/^<svg role="img" aria-label="Quickscan &quot;Burgerzaken&quot;" /);
    expect(svg).not.to.match(/style|script/);
  });
});
