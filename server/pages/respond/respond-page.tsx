import { type PublishedSurvey, type Question, textIn } from '../../../surveys/definitions/index.ts';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Page } from '../components/page.tsx';
import { Alert, Button, Heading1, Heading2, Link, Paragraph } from '../components/text.tsx';
import type { PageContext } from '../page-context.ts';
import { CallbackFields } from './callback-fields.tsx';
import { type CallbackForm, callbackKeys } from './callback-form.ts';
import type { FormMessage } from './form-messages.ts';
import { type FieldValue, seenName, ticketName } from './form-values.ts';
import { QuestionField } from './question-field.tsx';

export interface RespondPageProps {
  page: PageContext;
  survey: PublishedSurvey;
  asked: Set<string>;
  values?: Map<string, FieldValue> | undefined;
  /** Whether to call back; undefined where nobody calls. */
  callback?: CallbackForm | undefined;
  messages?: FormMessage[];
  /** Questions that the answers brought with them. */
  added?: string[];
  /** Where to delete the answer that was given before; undefined when there is none. */
  deletePath?: string | undefined;
  /** Of a link that many answer; there was no mail then to unsubscribe from. */
  ticket?: string;
}

const formId = 'answer';
const noValue: FieldValue = { text: undefined, notApplicable: false };

/** The form of one survey, drawn from its definition: the same for every instrument. */
export function RespondPage(props: RespondPageProps) {
  const { page, survey, asked, values, callback, messages = [], added = [], deletePath, ticket } = props;
  const { locale, t } = page;
  const title = textIn(survey.survey.title, locale);
  const errors = new Map(messages.map(({ key, text }) => [key, text]));
  const questions = survey.questions.filter(({ key }) => asked.has(key));
  return (
    <Page page={page} title={title} faulty={messages.length > 0} form={formId}>
      <ErrorSummary t={t} messages={messages} />
      {messages.length === 0 && <Notice {...props} added={added} deletePath={deletePath} />}
      <Heading1>{title}</Heading1>
      <Introduction page={page} survey={survey} />
      <form id={formId} method="post" action={`?lang=${locale}`} novalidate class="utrecht-form">
        <input type="hidden" name={seenName} value={questions.map(({ key }) => key).join(' ')} />
        {ticket && <input type="hidden" name={ticketName} value={ticket} />}
        {sectionsOf(survey, questions).map(({ title: heading, questions }) => (
          <>
            {heading && <Heading2>{textIn(heading, locale)}</Heading2>}
            {questions.map((question) => (
              <QuestionField
                page={page}
                question={question}
                value={values?.get(question.key) ?? noValue}
                error={errors.get(question.key)}
              />
            ))}
          </>
        ))}
        {callback && (
          <CallbackFields
            page={page}
            survey={survey}
            callback={callback}
            error={errors.get(callbackKeys.number)}
          />
        )}
        <Button>{t(deletePath ? 'form.submitChange' : 'form.submit')}</Button>
      </form>
      <Leave page={page} deletePath={deletePath} mailed={ticket === undefined} />
    </Page>
  );
}

function Introduction({
  page: { locale, t },
  survey: { survey },
}: Pick<RespondPageProps, 'page' | 'survey'>) {
  return (
    <>
      <Paragraph lead>{textIn(survey.introduction, locale)}</Paragraph>
      <Paragraph>{t(survey.audience === 'staff' ? 'form.staffAnonymous' : 'form.anonymous')}</Paragraph>
    </>
  );
}

/** Why the form is here again, when nothing is wrong with it. */
function Notice({ page: { t }, survey, added = [], deletePath, page }: RespondPageProps) {
  if (added.length > 0) {
    const texts = survey.questions.filter(({ key }) => added.includes(key));
    return (
      <Alert kind="info" title={t('form.moreQuestions')} focus>
        <Paragraph>{t('form.moreQuestionsText')}</Paragraph>
        <ul class="utrecht-unordered-list">
          {texts.map(({ key, text }) => (
            <li class="utrecht-unordered-list__item">
              <Link href={`#q-${key}`}>{textIn(text, page.locale)}</Link>
            </li>
          ))}
        </ul>
      </Alert>
    );
  }
  if (deletePath === undefined) return null;
  return (
    <Alert kind="info" title={t('form.answeredBefore')}>
      <Paragraph>{t('form.answeredBeforeText')}</Paragraph>
    </Alert>
  );
}

function Leave({
  page: { t },
  deletePath,
  mailed,
}: Pick<RespondPageProps, 'page' | 'deletePath'> & { mailed: boolean }) {
  return (
    <div class="ge-leave ge-no-print">
      {deletePath && (
        <Paragraph>
          <Link href={deletePath}>{t('form.delete')}</Link>
        </Paragraph>
      )}
      {mailed && (
        <Paragraph>
          {t('form.optOut')} {t('form.optOutHow')}
        </Paragraph>
      )}
    </div>
  );
}

/** The questions in runs of the same section, in their own order; a run without a section has no heading. */
function sectionsOf({ survey }: PublishedSurvey, questions: Question[]) {
  const runs: { section: string | undefined; questions: Question[] }[] = [];
  for (const question of questions) {
    const last = runs.at(-1);
    if (last && last.section === question.section) last.questions.push(question);
    else runs.push({ section: question.section, questions: [question] });
  }
  return runs.map(({ section, questions }) => ({
    title: survey.sections?.find(({ key }) => key === section)?.title,
    questions,
  }));
}
