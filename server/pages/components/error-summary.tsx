import type { ComponentChildren } from 'preact';
import type { TextKey, Translate } from '../i18n.ts';
import { fieldIds } from './field-ids.ts';
import { Link } from './text.tsx';

interface ErrorSummaryProps {
  t: Translate;
  messages: { key: string | undefined; about: string | undefined; text: string }[];
}

/** All that is wrong with a form of questions, with links to them, before everything else on the page. */
export function ErrorSummary({ t, messages }: ErrorSummaryProps) {
  if (messages.length === 0) return null;
  const items = messages.map(({ key, about, text }) => (
    <>
      {about && `${about} `}
      {key === undefined ? text : <Link href={`#${fieldIds(key).field}`}>{text}</Link>}
    </>
  ));
  return <Summary t={t} id="error-summary" lead={t('error.summaryText')} items={items} />;
}

/** What is wrong with a form, before everything else. */
export function FormFaults({ t, faults }: { t: Translate; faults: TextKey[] }) {
  if (faults.length === 0) return null;
  return <Summary t={t} id="form-faults" items={faults.map((fault) => t(fault))} />;
}

interface SummaryProps {
  t: Translate;
  id: string;
  lead?: string;
  items: ComponentChildren[];
}

/** Gets the focus when the page opens. */
function Summary({ t, id, lead, items }: SummaryProps) {
  return (
    <div class="utrecht-alert utrecht-alert--error" role="alert" aria-labelledby={id} tabIndex={-1} autofocus>
      <div class="utrecht-alert__content">
        <div class="utrecht-alert__message">
          <h2 class="utrecht-heading-3" id={id}>
            {t('error.summary')}
          </h2>
          {lead && <p class="utrecht-paragraph">{lead}</p>}
          <ul class="utrecht-unordered-list">
            {items.map((item) => (
              <li class="utrecht-unordered-list__item">{item}</li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
}
