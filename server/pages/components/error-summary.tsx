import type { Translate } from '../i18n.ts';
import { fieldIds } from './field-ids.ts';
import { Link } from './text.tsx';

interface ErrorSummaryProps {
  t: Translate;
  messages: { key: string | undefined; about: string | undefined; text: string }[];
}

/** All that is wrong with a form, before everything else on the page; gets the focus when the page opens. */
export function ErrorSummary({ t, messages }: ErrorSummaryProps) {
  if (messages.length === 0) return null;
  return (
    <div
      class="utrecht-alert utrecht-alert--error"
      role="alert"
      aria-labelledby="error-summary"
      tabIndex={-1}
      autofocus
    >
      <div class="utrecht-alert__content">
        <div class="utrecht-alert__message">
          <h2 class="utrecht-heading-3" id="error-summary">
            {t('error.summary')}
          </h2>
          <p class="utrecht-paragraph">{t('error.summaryText')}</p>
          <ul class="utrecht-unordered-list">
            {messages.map(({ key, about, text }) => (
              <li class="utrecht-unordered-list__item">
                {about && `${about} `}
                {key === undefined ? text : <Link href={`#${fieldIds(key).field}`}>{text}</Link>}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
}
