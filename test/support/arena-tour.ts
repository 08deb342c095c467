import type { Page } from 'playwright-core';
import type { Locale } from '../../server/pages/i18n.ts';
import {
  type ArenaForm,
  type ArenaSession,
  addCard,
  agree,
  closeSession,
  listSessions,
  planSession,
} from '../../surveys/client-arena/index.ts';
import { putEntry } from '../../surveys/municipality/index.ts';
import {
  issueTicket,
  readTicket,
  SharedLinkModel,
  submitSharedAnswers,
} from '../../surveys/shared-links/index.ts';
import { type Stop, signInAs, type Town } from './tour-parts.ts';

/** Pages of client arenas. */
export function arenaStops(town: Town): Stop[] {
  const { url } = town;
  const at = async (page: Page, locale: Locale, path: string) => {
    await signInAs(town, page, 'programme-manager');
    await page.goto(`${url}${path}?lang=${locale}`);
  };
  return [
    {
      name: 'arenas',
      async open(page, locale) {
        await heldSession(town, false);
        await at(page, locale, '/arenas');
      },
    },
    {
      name: 'arenas-with-faults',
      async open(page, locale) {
        await at(page, locale, '/arenas');
        await page.locator('input[name=theme]').fill('Paspoort');
        await page.evaluate("document.querySelector('main form').noValidate = true");
        await page.locator('main button[type=submit]').last().click();
      },
    },
    {
      name: 'arena',
      async open(page, locale) {
        await at(page, locale, `/arenas/${(await heldSession(town, false))._id}`);
      },
    },
    {
      name: 'arena-closed',
      async open(page, locale) {
        await at(page, locale, `/arenas/${(await heldSession(town, true))._id}`);
      },
    },
    {
      name: 'arena-report',
      async open(page, locale) {
        await at(page, locale, `/arenas/${(await heldSession(town, true))._id}/report`);
      },
    },
  ];
}

/** An arena with twelve participants and ten listeners, a board and an agreement. */
async function heldSession({ ctx }: Town, closed: boolean): Promise<ArenaSession> {
  const [held] = await listSessions();
  if (held?.closed === closed) return held;
  await putEntry('department', 'burgerzaken', { names: { nl: 'Burgerzaken', en: 'Civil affairs' } });
  const session = await planSession(ctx, {
    ...{ theme: 'Een paspoort aanvragen', department: 'burgerzaken', place: 'Stadhuis, zaal 2' },
    ...{ date: ctx.clock.now().toISOString().slice(0, 10), facilitator: 'Noor de Wit' },
    facilitatorEmail: 'noor@bureau.example',
  });
  const { _id } = session;
  await addCard(ctx, _id, { column: 'goesWell', text: 'Aan de balie nemen mensen de tijd.' });
  await addCard(ctx, _id, { column: 'bottleneck', text: 'Ik moest drie keer bellen voor één antwoord.' });
  await addCard(ctx, _id, { column: 'wish', text: 'Een afspraak op zaterdag.' });
  const about = 'Ik moest drie keer bellen voor één antwoord.';
  const by = new Date(ctx.clock.now().getTime() + 4e9).toISOString().slice(0, 10);
  await agree(ctx, _id, {
    about,
    what: 'Wie de telefoon opneemt, belt zelf terug met het antwoord.',
    owner: 'Anna',
    by,
  });
  const grades = [5, 6, 4, 5, 6, 7, 5, 4, 6, 5, 3, 6];
  await answer(
    ctx,
    session,
    'participantBefore',
    grades.map((baseline) => ({ baseline })),
  );
  await answer(
    ctx,
    session,
    'listenerBefore',
    [8, 8, 7, 9, 8, 7, 8, 9, 8, 8].map((guess) => ({ guess })),
  );
  const after = grades.map((grade) => ({
    safety: 4 + (grade % 2),
    heard: 3 + (grade % 3),
    followUp: 2 + (grade % 3),
    again: 'yes',
  }));
  await answer(ctx, session, 'participantAfter', after);
  await answer(
    ctx,
    session,
    'listenerAfter',
    grades.slice(2).map((grade) => ({ restraint: 3 + (grade % 3) })),
  );
  if (closed) await closeSession(ctx, _id);
  return session;
}

async function answer(
  ctx: Town['ctx'],
  { links }: ArenaSession,
  form: ArenaForm,
  all: object[],
): Promise<void> {
  const link = await SharedLinkModel.findById(links[form]).lean();
  if (!link) throw new Error('The arena has no such form');
  for (const answers of all) {
    const ticket = readTicket(ctx, link, issueTicket(ctx, link));
    ctx.clock.advance(20_000);
    await submitSharedAnswers(ctx, link, answers, { token: ticket?.token ?? '', ticket, rush: false });
  }
}
