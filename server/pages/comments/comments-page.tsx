import {
  type Comment,
  commentFloor,
  type ReadPool,
  type Theme,
  wholeMunicipality,
} from '../../../surveys/comments/index.ts';
import { type PublishedSurvey, textIn } from '../../../surveys/definitions/index.ts';
import { StaffForm } from '../../staff/staff-form.tsx';
import { Checkboxes, TextField } from '../components/fields.tsx';
import { SelectField } from '../components/more-fields.tsx';
import { Page } from '../components/page.tsx';
import { Alert, Button, Heading1, Heading2, Link, Paragraph } from '../components/text.tsx';
import type { StaffPageContext } from '../page-context.ts';

/** More in one pool are not read at one sitting; each look shows others. */
const mostShown = 100;

interface CommentsPageProps {
  page: StaffPageContext;
  surveys: PublishedSurvey[];
  survey: PublishedSurvey;
  month: string;
  themes: Theme[];
  /** Only comments about this theme. */
  theme: string | undefined;
  /** Undefined: the month is not over. */
  pools: ReadPool[] | undefined;
  marked: boolean;
  nameOf(department: string): string;
}

/** What residents wrote in one month, in pools, in random order. */
export function CommentsPage(props: CommentsPageProps) {
  const { page, survey, month, theme, pools, marked } = props;
  const { t } = page;
  return (
    <Page
      page={page}
      title={t('comments.title')}
      query={{ survey: survey.key, month, ...(theme && { theme }) }}
    >
      <Heading1>{t('comments.title')}</Heading1>
      {marked && (
        <Alert kind="ok" title={t('comments.markedTitle')} focus>
          <Paragraph>{t('comments.marked')}</Paragraph>
        </Alert>
      )}
      <Paragraph lead>{t('comments.lead')}</Paragraph>
      <Paragraph>{t('comments.rule', { count: commentFloor })}</Paragraph>
      <Picker {...props} />
      {pools === undefined && <Paragraph>{t('comments.notOver')}</Paragraph>}
      {pools?.length === 0 && <Paragraph>{t('comments.none', { count: commentFloor })}</Paragraph>}
      {pools?.map((pool) => (
        <Pool {...props} pool={pool} />
      ))}
    </Page>
  );
}

function Picker({ page, surveys, survey, month, themes, theme }: CommentsPageProps) {
  const { locale, t } = page;
  return (
    <form method="get" class="ge-no-print">
      <input type="hidden" name="lang" value={locale} />
      <SelectField
        id="survey"
        label={t('comments.survey')}
        chosen={survey.key}
        groups={[
          { choices: surveys.map((one) => ({ value: one.key, label: textIn(one.survey.title, locale) })) },
        ]}
      />
      <TextField
        id="month"
        label={t('comments.month')}
        hint={t('comments.monthHint')}
        value={month}
        maxLength={7}
      />
      <SelectField
        id="theme"
        label={t('comments.theme')}
        chosen={theme ?? ''}
        groups={[
          {
            choices: [
              { value: '', label: t('comments.allThemes') },
              ...themes.map(({ key, names }) => ({ value: key, label: textIn(names, locale) })),
            ],
          },
        ]}
      />
      <Button>{t('overview.show')}</Button>
    </form>
  );
}

function Pool({ pool, ...props }: CommentsPageProps & { pool: ReadPool }) {
  const { page, theme, nameOf } = props;
  const { t } = page;
  const comments = pool.comments.filter(({ themes }) => theme === undefined || themes.includes(theme));
  return (
    <>
      <Heading2>
        {pool.department === wholeMunicipality ? t('comments.municipality') : nameOf(pool.department)}
      </Heading2>
      <Paragraph>
        {t('comments.count', { count: comments.length })}{' '}
        {comments.length > mostShown && t('comments.some', { count: mostShown })}
      </Paragraph>
      <ul class="utrecht-unordered-list">
        {comments.slice(0, mostShown).map((comment) => (
          <li class="utrecht-unordered-list__item">
            <One {...props} department={pool.department} comment={comment} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** A comment with its themes. Marking is folded away, so that the comments can be read on end. */
function One(props: CommentsPageProps & { department: string; comment: Comment }) {
  const { page, survey, month, themes, department, comment } = props;
  const { locale, t } = page;
  const names = themes
    .filter(({ key }) => comment.themes.includes(key))
    .map((theme) => textIn(theme.names, locale));
  const signal = new URLSearchParams({
    kind: 'comment',
    month,
    about: names.join(', '),
    ...(department !== wholeMunicipality && { department }),
    lang: locale,
  });
  return (
    <>
      <p class="utrecht-paragraph ge-comment" dir="auto">
        {comment.text}
      </p>
      {names.length > 0 && <Paragraph>{t('comments.about', { themes: names.join(', ') })}</Paragraph>}
      <details class="ge-no-print">
        <summary>{t('comments.use')}</summary>
        <StaffForm page={page} action="/comments" submit={t('comments.mark')} secondary>
          <input type="hidden" name="survey" value={survey.key} />
          <input type="hidden" name="month" value={month} />
          <input type="hidden" name="ref" value={comment.ref} />
          <Checkboxes
            name="themes"
            legend={t('comments.themes')}
            options={themes.map(({ key, names: one }) => ({ value: key, label: textIn(one, locale) }))}
            chosen={comment.themes}
          />
        </StaffForm>
        {page.staff.principal.grants.has('actions:write') && (
          <Paragraph>
            <Link href={`/actions/new?${signal}`}>{t('comments.signal')}</Link>
          </Paragraph>
        )}
      </details>
    </>
  );
}
