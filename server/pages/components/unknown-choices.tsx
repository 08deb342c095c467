import type { TextKey } from '../i18n.ts';
import type { PageContext } from '../page-context.ts';
import { Alert, Paragraph } from './text.tsx';

interface UnknownChoicesProps {
  page: PageContext;
  /** What the choices are called on the page. */
  labels: TextKey[];
}

/** Says which choices in the address there is nothing for, since the page shows something else; nothing without any. */
export function UnknownChoices({ page: { t }, labels }: UnknownChoicesProps) {
  if (labels.length === 0) return null;
  return (
    <Alert kind="info" title={t('choices.unknownTitle')}>
      <Paragraph>{t('choices.unknown', { choices: labels.map((label) => t(label)).join(', ') })}</Paragraph>
    </Alert>
  );
}
