import type { Page } from 'playwright-core';
import { seededRandom } from '../../server/demo/random.ts';
import type { Locale } from '../../server/pages/i18n.ts';
import { carryOnRounds, closeRound, findRound, openRound } from '../../surveys/golden-ear/index.ts';
import { createSharedLink } from '../../surveys/shared-links/index.ts';
import { answerLink, randomScan } from '../surveys/golden-ear/rounds/answers.ts';
import type { Stop, Town } from './tour-parts.ts';

/** The pages of shared links and quickscan rounds. `signIn` signs a coordinator of burgerzaken in. */
export function roundStops(town: Town, signIn: (page: Page) => Promise<void>): Stop[] {
  const { ctx, url } = town;
  const day = (days = 0) =>
    new Date(ctx.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const visit = (path: string) => async (page: Page, locale: Locale) => {
    await signIn(page);
    await page.goto(`${url}${path}?lang=${locale}`);
  };

  /** Opens a round in the first month that has none, of the year in which the town's residents answered. */
  async function open(): Promise<string> {
    let month = 8;
    while (await findRound(`burgerzaken-2025-${String(month).padStart(2, '0')}`)) month += 1;
    ctx.clock.set(new Date(Date.UTC(2025, month - 1, 3, 9)));
    const { round, handedOut } = await openRound(ctx, {
      department: 'burgerzaken',
      startDate: day(),
      endDate: day(14),
      addresses: ['eva@gemeente.example', 'adam@gemeente.example'],
    });
    await answerLink(ctx, handedOut.link, scans(12));
    return round._id;
  }

  async function close(id: string): Promise<void> {
    await closeRound(ctx, (await findRound(id))!);
    ctx.clock.advance(3_600_000);
    await carryOnRounds(ctx);
  }

  async function closed(): Promise<string> {
    const id = await open();
    await close(id);
    return id;
  }

  const stop = (name: string, open: Stop['open']): Stop => ({ name, open });
  return [
    stop('rounds', visit('/rounds')),
    stop('rounds-with-faults', async (page, locale) => {
      await visit('/rounds')(page, locale);
      await page.locator('textarea[name=addresses]').fill('geen adres');
      await page.locator('main button[type=submit]').last().click();
    }),
    stop('round-open', async (page, locale) => {
      const id = await open();
      await visit(`/rounds/${id}`)(page, locale);
      await close(id);
    }),
    stop('round-result', async (page, locale) => visit(`/rounds/${await closed()}`)(page, locale)),
    stop('perception', visit('/perception')),
    stop('shared-link', async (page, locale) => {
      const code = await sharedLink();
      await page.goto(`${url}/r/${code}?lang=${locale}`);
    }),
    stop('shared-thanks', async (page, locale) => {
      const code = await sharedLink();
      await page.goto(`${url}/r/${code}?lang=${locale}`);
      await page.locator('input[name=overall][value="7"]').check();
      await page.locator('main form button[type=submit]').last().click();
    }),
    stop('unknown-code', async (page, locale) => void (await page.goto(`${url}/r/ZZZZ-ZZZZ?lang=${locale}`))),
  ];

  async function sharedLink(): Promise<string> {
    const now = ctx.clock.now();
    const { code } = await createSharedLink(ctx, {
      purpose: 'card',
      survey: 'customer-journey',
      department: 'burgerzaken',
      channel: 'counter',
      mode: 'web',
      opensAt: now,
      closesAt: new Date(now.getTime() + 30 * 86_400_000),
    });
    return code;
  }
}

function scans(count: number): object[] {
  const random = seededRandom(count);
  return Array.from({ length: count }, () => ({
    ...randomScan(random, 0),
    estimate: 70 + Math.floor(random() * 25),
  }));
}
