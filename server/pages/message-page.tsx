import type { ComponentChildren } from 'preact';
import { Page } from './components/page.tsx';
import { Heading1, Paragraph } from './components/text.tsx';
import type { TextKey } from './i18n.ts';
import type { PageContext } from './page-context.ts';

interface MessagePageProps {
  page: PageContext;
  title: TextKey;
  texts: TextKey[];
  /** Filled in where a text asks for them. */
  values?: Record<string, string | number>;
  children?: ComponentChildren;
}

/** A page that says one thing: done, closed, not found. */
export function MessagePage({ page, title, texts, values, children }: MessagePageProps) {
  const { site, t } = page;
  return (
    <Page page={page} title={t(title)}>
      <Heading1>{t(title)}</Heading1>
      {texts.map((text) => (
        <Paragraph>{t(text, { ...values, municipality: site.municipality.name })}</Paragraph>
      ))}
      {children}
    </Page>
  );
}
