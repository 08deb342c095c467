import { dayText } from '../../staff/moments.ts';
import { StaffForm } from '../../staff/staff-form.tsx';
import { FormFaults } from '../components/error-summary.tsx';
import { Page } from '../components/page.tsx';
import { Alert, Heading1, Heading2, Link, Paragraph } from '../components/text.tsx';
import type { StaffPageContext } from '../page-context.ts';
import { type AgreementForm, AgreementsPart } from './agreements-part.tsx';
import { BoardPart } from './board-part.tsx';
import { ResultPart } from './result-part.tsx';
import type { ArenaFault, SessionView } from './session-view.ts';

interface SessionPageProps {
  page: StaffPageContext;
  view: SessionView;
  agreement: AgreementForm;
  faults: ArenaFault[];
}

/** One client arena, for who leads it: forms to hand out, board, agreements, and what the forms say. */
export function SessionPage({ page, view, agreement, faults }: SessionPageProps) {
  const { locale, t } = page;
  const { session, checkDue } = view;
  const path = `/arenas/${session._id}`;
  return (
    <Page page={page} title={session.theme} faulty={faults.length > 0} wide>
      <FormFaults t={t} faults={faults} />
      <Heading1>{session.theme}</Heading1>
      {checkDue && (
        <Alert kind="info" title={t('arena.checkDue')}>
          <Paragraph>{t('arena.checkDueText')}</Paragraph>
        </Alert>
      )}
      <SessionFacts page={page} view={view} />
      <Paragraph>
        <Link href={`${path}/report?lang=${locale}`}>{t('arena.toReport')}</Link>
      </Paragraph>
      {!session.closed && <Forms page={page} view={view} />}
      <BoardPart page={page} view={view} open />
      <AgreementsPart page={page} view={view} form={agreement} />
      <ResultPart page={page} result={view.result} closed={session.closed} />
      {!session.closed && (
        <StaffForm page={page} action={`${path}/close`} submit={t('arena.close')}>
          <Paragraph>{t('arena.closeText')}</Paragraph>
        </StaffForm>
      )}
    </Page>
  );
}

export function SessionFacts({
  page: { locale, t },
  view: { session, department },
}: {
  page: StaffPageContext;
  view: SessionView;
}) {
  return (
    <dl class="ge-facts">
      <dt>{t('arena.department')}</dt>
      <dd>{department}</dd>
      <dt>{t('arena.date')}</dt>
      <dd>{dayText(session.date, locale)}</dd>
      <dt>{t('arena.place')}</dt>
      <dd>{session.place}</dd>
      <dt>{t('arena.facilitator')}</dt>
      <dd>{session.facilitator}</dd>
      <dt>{t('arena.check')}</dt>
      <dd>{dayText(session.checkOn, locale)}</dd>
    </dl>
  );
}

function Forms({ page: { t }, view: { forms } }: { page: StaffPageContext; view: SessionView }) {
  return (
    <>
      <Heading2>{t('arena.forms')}</Heading2>
      <Paragraph>{t('arena.formsHow')}</Paragraph>
      <ul class="ge-cards">
        {forms.map(({ form, code, path, qr, state, answers }) => (
          <li class="ge-card">
            <p class="ge-card__title">{t(`arena.form.${form}`)}</p>
            <div class="ge-code">
              {/* Drawn by us from an address of ours. */}
              <div class="ge-code__qr" dangerouslySetInnerHTML={{ __html: qr }} />
              <div>
                <p class="ge-code__text">{code}</p>
                <p>
                  <Link href={path}>{t('arena.openForm')}</Link>
                  <span class="ge-visually-hidden">{`: ${t(`arena.form.${form}`)}`}</span>
                </p>
                <p>{`${t('overview.responses', { count: answers })}, ${t(`cards.state.${state}`)}`}</p>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
