import type { PublishedSurvey } from '../../../surveys/definitions/index.ts';
import type { PageContext } from '../page-context.ts';
import { type ReadyPage, ready } from '../send-page.ts';
import type { Site } from '../site.ts';
import type { CallbackForm } from './callback-form.ts';
import { RespondPage } from './respond-page.tsx';

/**
 * Gives the form without answers, drawn and compressed once per survey version, language and set of questions.
 * It holds nothing of the resident, not even the token: its links are relative. A changed municipality is
 * another site, so its forms are drawn anew.
 */
export function formCache() {
  const sites = new WeakMap<Site, Map<string, Promise<ReadyPage>>>();
  return (
    page: PageContext,
    survey: PublishedSurvey,
    asked: Set<string>,
    callback?: CallbackForm,
  ): Promise<ReadyPage> => {
    const forms = sites.get(page.site) ?? new Map<string, Promise<ReadyPage>>();
    sites.set(page.site, forms);
    const key = [survey.key, survey.version, page.locale, callback ? 'call' : '', ...asked].join(' ');
    const form = forms.get(key) ?? ready(RespondPage({ page, survey, asked, callback }));
    forms.set(key, form);
    return form;
  };
}
