import type { Page } from 'playwright-core';
import type { Locale } from '../../server/pages/i18n.ts';
import { createRelease, rollUp } from '../../surveys/aggregates/index.ts';
import { listEntries, putEntry } from '../../surveys/municipality/index.ts';
import { recordResponses } from '../../surveys/responses/index.ts';
import { createSharedLink } from '../../surveys/shared-links/index.ts';
import { type Stop, signInAs, type Town } from './tour-parts.ts';

/** Pages for who is reached without a mail, and the curve of a journey. */
export function reachStops(town: Town): Stop[] {
  const { ctx, url } = town;
  const link = (purpose: 'card' | 'kiosk', mode: string) =>
    createSharedLink(ctx, {
      ...{ purpose, mode, survey: 'customer-journey', department: 'burgerzaken', channel: 'counter' },
      opensAt: ctx.clock.now(),
      closesAt: new Date(ctx.clock.now().getTime() + 60_000_000),
    });
  const staff = async (page: Page) => {
    await putEntry('department', 'burgerzaken', { names: { nl: 'Burgerzaken', en: 'Civil affairs' } });
    await signInAs(town, page, 'programme-manager');
  };
  const card = async (page: Page, locale: Locale, form: string) => {
    const made = await link('card', 'web');
    await staff(page);
    await page.goto(`${url}/cards/${made.link._id}?lang=${locale}&form=${form}`);
  };
  return [
    {
      name: 'home-with-wrong-code',
      async open(page, locale) {
        await page.goto(`${url}/?lang=${locale}`);
        await page.locator('input[name=code]').fill('0000-0000');
        await page.locator('main button[type=submit]').click();
      },
    },
    {
      name: 'cards',
      async open(page, locale) {
        await link('card', 'web');
        await link('kiosk', 'kiosk');
        await staff(page);
        await page.goto(`${url}/cards?lang=${locale}`);
      },
    },
    { name: 'card', open: (page, locale) => card(page, locale, 'cards') },
    { name: 'letter', open: (page, locale) => card(page, locale, 'letter') },
    {
      name: 'kiosk',
      async open(page, locale) {
        const { code } = await link('kiosk', 'kiosk');
        await page.goto(`${url}/r/${code}?lang=${locale}`);
      },
    },
    {
      name: 'kiosk-thanks',
      async open(page, locale) {
        const { code } = await link('kiosk', 'kiosk');
        await page.goto(`${url}/r/${code}?lang=${locale}`);
        await page.locator('input[name=overall][value="7"]').check();
        await page.locator('main button[type=submit]').click();
      },
    },
    {
      name: 'journey',
      async open(page, locale) {
        await fillJourney(town);
        await signInAs(town, page, 'analyst');
        await page.goto(`${url}/journey?lang=${locale}&product=paspoort`);
      },
    },
    {
      name: 'journey-without-stages',
      async open(page, locale) {
        await signInAs(town, page, 'analyst');
        await page.goto(`${url}/journey?lang=${locale}&product=paspoort&question=trust`);
      },
    },
  ];
}

/** Grades along the stages of two products, lowest while waiting. */
async function fillJourney({ ctx }: Town): Promise<void> {
  if ((await listEntries('product')).some(({ key }) => key === 'rijbewijs')) return;
  // The town may have released today already: the next release is tomorrow's.
  ctx.clock.advance(86_400_000);
  const satisfied = { 'finding-information': 30, applying: 33, waiting: 13, decision: 27, afterwards: 29 };
  const items = Object.entries(satisfied).flatMap(([stage, count]) =>
    Array.from({ length: 40 }, (_, index) => (index < count ? 7 + (index % 4) : 4 + (index % 3))).flatMap(
      (overall, index) =>
        ['paspoort', 'rijbewijs'].map((product) => ({
          ...{ survey: 'customer-journey', channel: 'counter', mode: 'web', product, stage },
          ...{ department: index % 2 ? 'burgerzaken' : 'werk', answers: { overall } },
        })),
    ),
  );
  for (const product of ['paspoort', 'rijbewijs']) {
    await putEntry('product', product, { names: { nl: product === 'paspoort' ? 'Paspoort' : 'Rijbewijs' } });
  }
  await recordResponses(ctx, items, { idempotencyKey: 'tour-journey' });
  await rollUp(ctx);
  await createRelease(ctx, 'customer-journey');
}
