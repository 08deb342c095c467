import type { Request } from 'express';
import { defaultMunicipality } from '../../surveys/municipality/index.ts';
import type { Problem } from '../../surveys/problems.ts';
import { within } from '../operation/within.ts';
import { Link, Paragraph } from './components/text.tsx';
import { chooseLocale, locales, type TextKey, translator } from './i18n.ts';
import { MessagePage } from './message-page.tsx';
import { render } from './send-page.ts';
import { type Site, siteOf } from './site.ts';

/** Milliseconds to wait for the look of the municipality: without the store there is none, and the page comes all the same. */
const patience = 300;

/**
 * The page for a browser when something is wrong: unknown address, no permission, a fault of ours. It comes also
 * when the store does not answer.
 */
export async function errorPage(
  readSite: () => Promise<Site>,
  request: Request,
  { status, code }: Problem,
): Promise<string> {
  const site = await within(patience, readSite).catch(() => siteOf(defaultMunicipality));
  const languages = [...locales, ...(site.municipality.languages ?? [])];
  const locale = chooseLocale(request.query.lang, undefined, request.get('accept-language'), languages);
  const t = translator(locale);
  const [title, text] = textsFor(status, code);
  return render(
    <MessagePage page={{ site, locale, languages, t }} title={title} texts={[text]}>
      {status === 404 && (
        <Paragraph>
          <Link href={`/?lang=${locale}`}>{t('notFound.home')}</Link>
        </Paragraph>
      )}
    </MessagePage>,
  );
}

function textsFor(status: number, code: Problem['code']): [TextKey, TextKey] {
  if (code === 'staleForm') return ['staleForm.title', 'staleForm.text'];
  if (status >= 500) return ['failure.title', 'failure.text'];
  if (status === 429) return ['tooMany.title', 'tooMany.text'];
  if (status === 403) return ['forbidden.title', 'forbidden.text'];
  if (status === 404) return ['notFound.title', 'notFound.text'];
  return ['error.unreadable', 'error.unreadableText'];
}
