import type { Request, Response } from 'express';
import type { StaffView } from '../staff/staff-view.ts';
import { chooseLocale, type Locale, type Translate, translator } from './i18n.ts';
import type { Site } from './site.ts';

/** What every page needs to draw itself. */
export interface PageContext {
  site: Site;
  locale: Locale;
  t: Translate;
  /** Set for a signed-in member of staff. */
  staff?: StaffView;
}

/** The context of a page for staff. */
export interface StaffPageContext extends PageContext {
  staff: StaffView;
}

/** The page context of a request; `known` is the language known of the reader, such as the invitation's. */
export function pageContext(request: Request, response: Response, site: Site, known?: string): PageContext {
  const locale = chooseLocale(request.query.lang, known, request.get('accept-language'));
  response.vary('Accept-Language');
  return { site, locale, t: translator(locale) };
}

/** The page context of a route of staff. */
export function staffPageContext(request: Request, response: Response, site: Site): StaffPageContext {
  return { ...pageContext(request, response, site), staff: response.locals.staff };
}
