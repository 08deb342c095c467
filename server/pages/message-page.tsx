import type { ComponentChildren } from 'preact';
import { Page } from './components/page.tsx';
import { Heading1, Paragraph } from './components/text.tsx';
import type { TextKey } from './i18n.ts';
import type { PageContext } from './page-context.ts';

interface MessagePageProps {
  page: PageContext;
  title: TextKey;
  texts: TextKey[];
  children?: ComponentChildren;
}

/** A page that says one thing: done, closed, not found. */
export function MessagePage({ page, title, texts, children }: MessagePageProps) {
  const { site, t } = page;
  return (
    <Page page={page} title={t(title)}>
      <Heading1>{t(title)}</Heading1>
      {texts.map((text) => (
        <Paragraph>{t(text, { municipality: site.municipality.name })}</Paragraph>
      ))}
      {children}
    </Page>
  );
}
