import { expect } from 'chai';
import type { fixedClock } from '../../../surveys/clock.ts';
import { recordContacts } from '../../../surveys/contacts/index.ts';
import type { Context } from '../../../surveys/context.ts';
import { haveCatalogue } from '../../support/catalogue.ts';

/** A context whose clock the test moves. */
export type MovingContext = Context & { clock: ReturnType<typeof fixedClock> };

/** Records a contact of each address, all invited, and moves the clock to when their mail is due. */
export async function invite(
  ctx: MovingContext,
  addresses: string[],
  { language = 'nl' } = {},
): Promise<void> {
  await haveCatalogue(ctx);
  const results = await recordContacts(
    ctx,
    addresses.map((email) => ({
      source: 'balie',
      id: `contact of ${email}`,
      occurredAt: ctx.clock.now().toISOString(),
      department: 'burgerzaken',
      channel: 'counter',
      language,
      recipient: { email },
    })),
  );
  expect(results.map(({ decision }) => decision)).to.deep.equal(addresses.map(() => 'invited'));
  const moments = results.map(({ sendAt }) => new Date(sendAt!).getTime());
  ctx.clock.set(new Date(Math.max(...moments)));
}

/** That many addresses of made-up residents. */
export function residents(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `inwoner${i}@inwoners.example`);
}
