import type { Request } from 'express';
import { fieldsOf } from './form-body.ts';
import { chooseLocale, type Locale, locales, translator } from './i18n.ts';
import type { PageContext } from './page-context.ts';

/** Name of the buttons that change the language of a form. A question key starts with a letter, so it meets none. */
export const languageName = '_lang';

/**
 * The page in the language whose button was pressed in a form that residents fill in; undefined when the form was
 * sent by another button. The form is then drawn again with what was filled in, and nothing is kept.
 */
export function inLanguageOfForm(request: Request, page: PageContext): PageContext | undefined {
  const asked = fieldsOf(request)[languageName];
  if (asked === undefined) return undefined;
  const locale: Locale = chooseLocale(asked, page.locale, undefined, page.languages ?? locales);
  return { ...page, locale, t: translator(locale) };
}
