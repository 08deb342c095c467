import { randomBytes } from 'node:crypto';
import schema from '../../schemas/arena-card.schema.json' with { type: 'json' };
import type { NewArenaCard } from '../../schemas/generated/arena-card.ts';
import { validator } from '../../schemas/validate.ts';
import { planAction, type Within } from '../actions/index.ts';
import type { Context } from '../context.ts';
import { problem } from '../problems.ts';
import { redact } from '../responses/redaction.ts';
import { type ArenaCard, ArenaCardModel, ArenaSessionModel } from './model.ts';
import { findSession } from './sessions.ts';

const check = validator<NewArenaCard>(schema);

/** More than anybody can read on a board. */
const mostCards = 200;

/**
 * Puts what was said on the board of a session, with addresses and numbers of people taken out. Nothing tells who said it.
 * @throws Problem `invalidBody` with all faults; `notFound` for a session of another department
 */
export async function addCard(ctx: Context, id: string, value: unknown, within?: Within): Promise<ArenaCard> {
  await findSession(id, within);
  const checked = check(value);
  if (!checked.ok) throw problem('invalidBody', { faults: checked.faults });
  const cards = await cardsOf(id);
  if (cards.length >= mostCards) {
    const fault = { pointer: '/text', code: 'full', detail: `a board has ${mostCards} cards at most` };
    throw problem('invalidBody', { faults: [fault] });
  }
  const { column, text } = checked.value;
  const card: ArenaCard = {
    _id: randomBytes(12).toString('hex'),
    session: id,
    column,
    text: redact(text),
    place: (cards.at(-1)?.place ?? 0) + 1,
  };
  await ArenaCardModel.insertOne(card);
  ctx.log.debug({ session: id }, 'card added');
  return card;
}

/** Takes a card off the board; one that is gone already is no fault. */
export async function removeCard(id: string, card: string, within?: Within): Promise<void> {
  await findSession(id, within);
  await ArenaCardModel.deleteOne({ _id: card, session: id });
}

/** The cards of a board in the order in which they were put there. */
export async function cardsOf(session: string): Promise<ArenaCard[]> {
  return ArenaCardModel.find({ session }).sort({ place: 1 }).lean();
}

/**
 * Plans what was agreed as an action of the department, which is followed like any other.
 * @throws Problem `invalidBody` with all faults; `notFound` for a session of another department
 */
export async function agree(
  ctx: Context,
  id: string,
  agreed: { about: string; what: string; owner: string; by: string },
  within?: Within,
): Promise<void> {
  const { department, date } = await findSession(id, within);
  const { about, ...action } = agreed;
  const month = date.slice(0, 7);
  const signal = { kind: 'bottleneck', month, about: redact(about) };
  const { _id } = await planAction(ctx, { department, signal, ...action }, within);
  await ArenaSessionModel.updateOne({ _id: id }, { $push: { actions: _id } });
}
