import type { Request, Response } from 'express';
import type { StaffView } from '../staff/staff-view.ts';
import { chooseLocale, type Locale, locales, type Translate, translator } from './i18n.ts';
import type { Site } from './site.ts';

/** What every page needs to draw itself. */
export interface PageContext {
  site: Site;
  locale: Locale;
  /** The languages that the reader may choose from; absent: those that every page is written in. */
  languages?: readonly Locale[];
  t: Translate;
  /** Path of the first page, on a device that many use one after another. */
  kiosk?: { start: string; nonce: string };
  /** Set for a signed-in member of staff. */
  staff?: StaffView;
}

/** The context of a page for staff. */
export interface StaffPageContext extends PageContext {
  staff: StaffView;
}

/** The page context of a request, in one of the languages that every page is written in. */
export function pageContext(request: Request, response: Response, site: Site): PageContext {
  return contextIn(request, response, { site, languages: locales });
}

/**
 * The page context of a page for residents, in one of the languages that the municipality offers them; `known` is
 * the language known of the reader, such as the invitation's.
 */
export function residentPageContext(
  request: Request,
  response: Response,
  site: Site,
  known?: string,
): PageContext {
  const languages = [...locales, ...(site.municipality.languages ?? [])];
  return contextIn(request, response, { site, languages, known });
}

function contextIn(
  request: Request,
  response: Response,
  { site, languages, known }: { site: Site; languages: readonly Locale[]; known?: string | undefined },
): PageContext {
  const locale = chooseLocale(request.query.lang, known, request.get('accept-language'), languages);
  response.vary('Accept-Language');
  return { site, locale, languages, t: translator(locale) };
}

/** The page context of a route of staff. */
export function staffPageContext(request: Request, response: Response, site: Site): StaffPageContext {
  return { ...pageContext(request, response, site), staff: response.locals.staff };
}
