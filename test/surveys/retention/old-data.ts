import { rollUp } from '../../../surveys/aggregates/index.ts';
import { recordContacts } from '../../../surveys/contacts/index.ts';
import type { Context } from '../../../surveys/context.ts';
import { claimDue, expireDue, recordAllSent } from '../../../surveys/invitations/index.ts';
import { recordResponses, submitAnswers } from '../../../surveys/responses/index.ts';
import type { MovingContext } from '../../jobs/deliver/invite.ts';

export interface OldContact {
  id: string;
  department: string;
  channel: string;
  occurredAt: string;
  email: string;
}

/** Sends contacts that happen now. */
export async function contactsNow(ctx: MovingContext, count: number, name: string): Promise<OldContact[]> {
  const departments = ['burgerzaken', 'parkeren', 'zorg'];
  const contacts = Array.from({ length: count }, (_, index) => ({
    id: `${name}-${index}`,
    department: departments[index % departments.length]!,
    channel: index % 2 === 0 ? 'counter' : 'phone',
    occurredAt: ctx.clock.now().toISOString(),
    email: `${name}-${index}@inwoners.example`,
  }));
  await recordContacts(ctx, contacts.map(contactEvent));
  return contacts;
}

export function contactEvent({ email, ...contact }: OldContact) {
  return { source: 'balie', ...contact, recipient: { email } };
}

/** Sends what is due, and lets the given share of its residents answer by link. */
export async function mailAndAnswer(ctx: Context, share: number): Promise<string[]> {
  const claims = await claimDue(ctx, 'worker', { limit: 1_000, leaseMs: 60_000, anyHour: true });
  await recordAllSent(claims);
  const answering = claims.filter((_, index) => index < claims.length * share);
  for (const [index, { token }] of answering.entries()) {
    await submitAnswers(ctx, token, { overall: 1 + (index % 10), comment: 'Prima geholpen' });
  }
  return answering.map(({ token }) => token);
}

/** Answers gathered elsewhere, given today. */
export async function importedAnswers(ctx: Context, count: number, name: string): Promise<void> {
  await recordResponses(
    ctx,
    Array.from({ length: count }, (_, index) => ({
      survey: 'customer-journey',
      department: index % 2 === 0 ? 'burgerzaken' : 'zorg',
      channel: 'counter',
      mode: 'kiosk',
      answers: { overall: 1 + (index % 10) },
    })),
    { idempotencyKey: name },
  );
}

/** Three months of contacts, mails and answers from the clock's time on; all of it counted, every invitation ended. */
export async function liveThreeMonths(ctx: MovingContext): Promise<OldContact[]> {
  const contacts: OldContact[] = [];
  for (let month = 0; month < 3; month++) {
    contacts.push(...(await contactsNow(ctx, 12, `maand${month}`)));
    ctx.clock.advance(5 * 86_400_000);
    await mailAndAnswer(ctx, 0.5);
    await importedAnswers(ctx, 10, `maand${month}`);
    ctx.clock.advance(26 * 86_400_000);
  }
  ctx.clock.advance(60 * 86_400_000);
  await expireDue(ctx);
  await rollUp(ctx);
  return contacts;
}
