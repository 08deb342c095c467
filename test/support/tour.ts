import { rm, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { openTransport } from '../../jobs/transport/index.ts';
import { publishOpenData } from '../../server/open-data/publish.ts';
import type { Locale } from '../../server/pages/i18n.ts';
import { makeReport, writeReport } from '../../server/reports/make-report.ts';
import { templatePath } from '../../server/reports/template-file.ts';
import { invitePerson } from '../../server/staff/people.ts';
import { createSignInLink } from '../../server/staff/sign-in-links.ts';
import { endAction, planAction, tellAction } from '../../surveys/actions/index.ts';
import { createRelease, newestRelease, rollUp } from '../../surveys/aggregates/index.ts';
import { recordWish } from '../../surveys/callbacks/index.ts';
import type { Context } from '../../surveys/context.ts';
import { followerToken } from '../../surveys/followers/index.ts';
import { mintToken } from '../../surveys/invitations/index.ts';
import { defaultMunicipality, putEntry, putMunicipality } from '../../surveys/municipality/index.ts';
import { recordResponses } from '../../surveys/responses/index.ts';
import { putSurveySettings } from '../../surveys/settings/index.ts';
import { arenaStops } from './arena-tour.ts';
import { invite } from './pages.ts';
import { reachStops } from './reach-tour.ts';
import { roundStops } from './round-stops.ts';
import { type Stop, signInAs, type Town, useLink } from './tour-parts.ts';

const month = 31 * 24 * 60 * 60 * 1_000;

/** Every kind of page that people see. */
export function tourOf(town: Town): Stop[] {
  const { ctx, url } = town;
  const at = (name: string, path: string): Stop => ({
    name,
    open: async (page, locale) => void (await page.goto(`${url}${path}?lang=${locale}`)),
  });
  const form = async (page: Page, locale: Locale, survey?: string) => {
    const links = await invite(ctx, { language: locale, ...(survey && { survey }) });
    await page.goto(url + links.survey);
    return links;
  };
  const answered = async (page: Page, locale: Locale) => {
    const links = await form(page, locale);
    await page.locator('input[name=overall][value="7"]').check();
    await page.locator('textarea').fill('Snel en vriendelijk geholpen.');
    await page.locator('main button[type=submit]').click();
    return links;
  };
  const stop = (name: string, open: (page: Page, locale: Locale) => Promise<unknown>): Stop => ({
    name,
    open: async (page, locale) => void (await open(page, locale)),
  });

  return [
    ...[
      'customer-journey',
      'golden-ear-quickscan',
      'client-arena-participant-before',
      'client-arena-participant-after',
      'client-arena-listener-before',
      'client-arena-listener-after',
    ].map((survey) => stop(`form-${survey}`, (page, locale) => form(page, locale, survey))),
    stop('form-with-faults', async (page, locale) => {
      await form(page, locale, 'golden-ear-quickscan');
      await page.locator('input[name=q2][value="1"]').check();
      await page.locator('input[name=estimate]').fill('veel');
      await page.locator('main button[type=submit]').click();
    }),
    stop('form-empty', async (page, locale) => {
      await form(page, locale);
      await page.locator('main button[type=submit]').click();
    }),
    stop('thanks', answered),
    stop('form-answered-before', async (page, locale) => {
      const { survey } = await answered(page, locale);
      await page.goto(url + survey);
    }),
    stop('delete', async (page, locale) => {
      const { survey } = await answered(page, locale);
      await page.goto(`${url}${survey}/delete`);
    }),
    stop('deleted', async (page, locale) => {
      const { survey } = await answered(page, locale);
      await page.goto(`${url}${survey}/delete`);
      await page.locator('main button[type=submit]').click();
    }),
    stop('closed', async (page, locale) => {
      const { survey } = await form(page, locale);
      ctx.clock.advance(month);
      await page.goto(url + survey);
    }),
    at('unknown-link', '/s/this-is-no-link'),
    stop('opt-out', async (page, locale) => {
      const { optOut } = await invite(ctx);
      await page.goto(`${url}${optOut}?lang=${locale}`);
    }),
    stop('opted-out', async (page, locale) => {
      const { optOut } = await invite(ctx);
      await page.goto(`${url}${optOut}?lang=${locale}`);
      await page.locator('main button[type=submit]').click();
    }),
    at('home', '/'),
    at('genuine', '/genuine'),
    at('not-found', '/no-such-page'),
    at('outbox', '/outbox'),
    stop('outbox-mail', async (page, locale) => {
      await writeMail(town.dataDir);
      await page.goto(`${url}/outbox?lang=${locale}`);
      await page.locator('tbody a').first().click();
    }),
    at('sign-in', '/sign-in'),
    stop('sign-in-link', (page, locale) => signInPage(town, page, locale)),
    stop('sign-in-asked', async (page, locale) => {
      await page.goto(`${url}/sign-in?lang=${locale}`);
      await page.locator('input[name=email]').fill('eva@gemeente.example');
      await page.locator('main button[type=submit]').click();
    }),
    stop('overview', async (page, locale) => {
      await signIn(town, page);
      await page.goto(`${url}/overview?lang=${locale}`);
    }),
    stop('dashboard', async (page, locale) => {
      await signIn(town, page);
      await page.goto(`${url}/dashboard?lang=${locale}`);
    }),
    stop('reports', async (page, locale) => {
      await signInAs(town, page, 'programme-manager');
      await page.goto(`${url}/reports?lang=${locale}`);
    }),
    stop('report', async (page, locale) => {
      const language = locale === 'en' ? 'en' : 'nl';
      const report = await makeReport(ctx, town.dataDir, { kind: 'yearly', language });
      await page.setContent(String(await writeReport(report, 'html')));
    }),
    stop('reports-with-faults', async (page, locale) => {
      await signInAs(town, page, 'programme-manager');
      await page.goto(`${url}/reports?lang=${locale}`);
      const template = templatePath(town.dataDir, 'nl');
      await writeFile(template, '# Verslag\n{{ overal }}\n');
      await page.locator('select[name=language]').selectOption('nl');
      await page.locator('main button[type=submit]').click();
      await page.locator('main .utrecht-alert--error').waitFor();
      await rm(template);
    }),
    stop('open-data', async (page, locale) => {
      await publishTables(ctx);
      await page.goto(`${url}/open-data?lang=${locale}`);
    }),
    stop('sessions', async (page, locale) => {
      await signIn(town, page);
      await page.goto(`${url}/sessions?lang=${locale}`);
    }),
    stop('people', async (page, locale) => {
      await signIn(town, page);
      await invitePerson(ctx, { email: 'eva@gemeente.example', roles: ['analyst'] });
      await page.goto(`${url}/people?lang=${locale}`);
    }),
    stop('people-with-faults', async (page, locale) => {
      await signIn(town, page);
      await page.goto(`${url}/people?lang=${locale}`);
      await page.locator('input[name=email]').fill('eva@gemeente.example');
      await page.locator('main button[type=submit]').last().click();
    }),
    stop('person', async (page, locale) => {
      await signIn(town, page);
      const eva = await invitePerson(ctx, { email: 'eva@gemeente.example', roles: ['analyst'] });
      await page.goto(`${url}/people/${eva._id}?lang=${locale}`);
    }),
    stop('key-made', async (page, locale) => {
      await signIn(town, page);
      await page.goto(`${url}/keys?lang=${locale}`);
      await page.locator('input[name=name]').fill('zaaksysteem');
      await page.locator('input[name=scopes]').first().check();
      await page.locator('main button[type=submit]').last().click();
    }),
    stop('audit', async (page, locale) => {
      await signInAs(town, page, 'privacy-officer');
      await page.goto(`${url}/audit?lang=${locale}&check=yes`);
    }),
    stop('retention', async (page, locale) => {
      await signInAs(town, page, 'privacy-officer');
      await page.goto(`${url}/retention?lang=${locale}&kept=yes`);
    }),
    stop('retention-with-faults', async (page, locale) => {
      await signInAs(town, page, 'privacy-officer');
      await page.goto(`${url}/retention?lang=${locale}`);
      await page.locator('input[name=outboxDays]').fill('0');
      await page.locator('main button[type=submit]').click();
    }),
    stop('records', async (page, locale) => {
      await signInAs(town, page, 'privacy-officer');
      await page.goto(`${url}/records?lang=${locale}&given=yes`);
    }),
    stop('records-with-faults', async (page, locale) => {
      await signInAs(town, page, 'privacy-officer');
      await page.goto(`${url}/records?lang=${locale}`);
      await page.locator('input[name=from]').fill('2026-01');
      await page.locator('input[name=to]').fill('2999-01');
      await page.locator('input[name=recipient]').fill('Team onderzoek');
      await page.locator('input[name=purpose]').fill('Onderzoek naar wachttijd');
      await page.locator('input[name=endDate]').fill('2999-01-01');
      await page.locator('main button[type=submit]').last().click();
    }),
    stop('erasure', async (page, locale) => {
      await signInAs(town, page, 'privacy-officer');
      await page.goto(`${url}/erasure?lang=${locale}`);
    }),
    stop('erased', async (page, locale) => {
      await signInAs(town, page, 'privacy-officer');
      await page.goto(`${url}/erasure?lang=${locale}`);
      await page.locator('input[name=address]').fill('eva@voorbeeld.example');
      await page.locator('main button[type=submit]').click();
    }),
    stop('erasure-with-faults', async (page, locale) => {
      await signInAs(town, page, 'privacy-officer');
      await page.goto(`${url}/erasure?lang=${locale}`);
      await page.locator('input[name=address]').fill('geen adres');
      await page.locator('main button[type=submit]').click();
    }),
    ...reachStops(town),
    ...arenaStops(town),
    stop('form-with-callback', async (page, locale) => {
      await putSurveySettings('customer-journey', { callbacks: { departments: ['burgerzaken'] } });
      await form(page, locale);
      await page.locator('input[name=overall][value="2"]').check();
      await page.locator('input[name=callback][value=yes]').check();
      await page.locator('main button[type=submit]').click();
    }),
    stop('callbacks', async (page, locale) => {
      const policy = { workingDays: 0, urgentUpTo: 3 };
      const wish = { department: 'burgerzaken', number: '+31201234567', grade: 2 };
      await recordWish(ctx, mintToken(), wish, policy);
      ctx.clock.advance(month / 31);
      await recordWish(ctx, mintToken(), { ...wish, grade: 8 }, policy);
      await signInAs(town, page, 'coordinator');
      await page.goto(`${url}/callbacks?lang=${locale}&handled=yes`);
    }),
    stop('comments', async (page, locale) => {
      await writeComments(ctx);
      await signInAs(town, page, 'programme-manager');
      await page.goto(`${url}/comments?lang=${locale}&month=2026-02&marked=yes`);
      await page.locator('summary').first().click();
    }),
    stop('actions', async (page, locale) => {
      await tellAction(ctx, await doneAction(ctx), told);
      await signInAs(town, page, 'programme-manager');
      await page.goto(`${url}/actions?lang=${locale}`);
    }),
    stop('action', async (page, locale) => {
      const id = await doneAction(ctx);
      await tellAction(ctx, id, told);
      await signInAs(town, page, 'programme-manager');
      await page.goto(`${url}/actions/${id}?lang=${locale}`);
    }),
    stop('action-with-faults', async (page, locale) => {
      await signInAs(town, page, 'coordinator');
      await page.goto(`${url}/actions/new?lang=${locale}&about=x&what=x&owner=x&by=2026-04-01&month=mei`);
      await page.locator('main button[type=submit]').click();
    }),
    stop('you-said-we-did', async (page, locale) => {
      await tellAction(ctx, await doneAction(ctx), told);
      await page.goto(`${url}/you-said-we-did/paspoort?lang=${locale}`);
    }),
    at('follow', '/follow'),
    stop('follow-asked', async (page, locale) => {
      await page.goto(`${url}/follow?lang=${locale}`);
      await page.locator('input[name=email]').fill('eva@voorbeeld.example');
      await page.locator('main button[type=submit]').click();
    }),
    stop('follow-confirm', async (page, locale) => {
      await page.goto(
        `${url}/follow/confirm/${followerToken(ctx.keys, 'confirm', 'ab'.repeat(32))}?lang=${locale}`,
      );
    }),
    ...roundStops(town, (page) => signInAs(town, page, 'coordinator')),
    stop('forbidden', async (page, locale) => {
      await signInAs(town, page, 'analyst');
      await page.goto(`${url}/people?lang=${locale}`);
    }),
  ];
}

async function signInPage({ ctx, url }: Town, page: Page, locale: Locale): Promise<void> {
  await page.goto(`${await createSignInLink(ctx, url)}?lang=${locale}`);
}

async function signIn({ ctx, url }: Town, page: Page): Promise<void> {
  await useLink(page, await createSignInLink(ctx, url));
}

async function writeMail(dataDir: string): Promise<void> {
  const transport = openTransport({ smtpUrl: undefined, dataDir });
  await transport.send({
    messageId: 'tour@golden-ear.example',
    from: { name: 'Gemeente Voorbeeld', address: 'no-reply@gemeente.example' },
    to: 'eva@voorbeeld.example',
    subject: 'Hoe ging het contact met de gemeente?',
    text: `Hallo,\n\nOpen de vragen: https://golden-ear.gemeente.example/s/${'a'.repeat(32)}\n\nMet vriendelijke groet,\nGemeente Voorbeeld`,
    html: '<p>Hallo</p>',
    headers: {},
  });
  await transport.close();
}

/** Open data of the newest release, or of one without figures where there is none. */
async function publishTables(ctx: Context): Promise<void> {
  const publisher = 'https://identifier.overheid.nl/tooi/id/gemeente/gm0034';
  const licence = 'http://creativecommons.org/publicdomain/zero/1.0/deed.nl' as const;
  await putMunicipality({ ...defaultMunicipality, openData: { publisher, licence } });
  const survey = 'customer-journey';
  if (!(await newestRelease(survey))) await createRelease(ctx, survey);
  await publishOpenData(ctx, survey);
}

const told = { said: 'Ik moest lang wachten.', did: 'Wij zijn nu ook op donderdagavond open.' };

/** An action that was done, about a product that has a name. */
async function doneAction(ctx: Context): Promise<string> {
  await putEntry('product', 'paspoort', { names: { nl: 'Paspoort', en: 'Passport' } });
  const { _id } = await planAction(ctx, {
    department: 'burgerzaken',
    product: 'paspoort',
    signal: { kind: 'cell', month: '2026-02', about: 'Lange wachttijd aan de balie' },
    what: 'Ook in de avond open',
    owner: 'Eva',
    by: '2026-03-31',
    measure: { survey: 'customer-journey', question: 'overall' },
  });
  await endAction(ctx, _id, 'done');
  return _id;
}

/** Enough comments in a month that is over. */
async function writeComments(ctx: Context): Promise<void> {
  const items = Array.from({ length: 20 }, (_, n) => ({
    survey: 'customer-journey',
    department: 'burgerzaken',
    channel: 'counter',
    mode: 'paper',
    answerDate: '2026-02-10',
    externalId: `tour-${n}`,
    answers: { overall: 7, comment: `Ik was snel aan de beurt. De uitleg kon duidelijker (${n}).` },
  }));
  await recordResponses(ctx, items);
  await rollUp(ctx);
}
