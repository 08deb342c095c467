import type { ComponentChildren } from 'preact';
import type { RoundView } from '../../../surveys/golden-ear/index.ts';
import { StaffForm } from '../../staff/staff-form.tsx';
import { Page } from '../components/page.tsx';
import { Alert, Heading1, Heading2, Link, Paragraph } from '../components/text.tsx';
import type { StaffPageContext } from '../page-context.ts';
import { momentText, monthText } from './round-words.ts';

/** The way in, for who hands it out. */
export interface HandOut {
  code: string;
  url: string;
  /** The QR code as SVG. */
  qr: string;
}

interface RoundPageProps {
  page: StaffPageContext;
  view: RoundView;
  name: string;
  /** Absent for who only reads. */
  handOut: HandOut | undefined;
  reminded: boolean;
  /** The result, once there is one. */
  children?: ComponentChildren;
}

/** One round: how to take part while it is open, how many did, and what it came to. */
export function RoundPage({ page, view, name, handOut, reminded, children }: RoundPageProps) {
  const { locale, t } = page;
  const { round, link, state, answers } = view;
  return (
    <Page page={page} title={t('round.title', { department: name })} wide>
      <Heading1>{t('round.title', { department: name })}</Heading1>
      {reminded && (
        <Alert kind="ok" title={t('round.remindedTitle')} focus>
          <Paragraph>{t('round.remindedText')}</Paragraph>
        </Alert>
      )}
      <dl class="ge-facts">
        <dt>{t('rounds.month')}</dt>
        <dd>{monthText(round.month, locale)}</dd>
        <dt>{t('rounds.stateName')}</dt>
        <dd>{t(`rounds.state.${state}`)}</dd>
        <dt>{t('round.from')}</dt>
        <dd>{momentText(link.opensAt, locale)}</dd>
        <dt>{t('round.to')}</dt>
        <dd>{momentText(link.closesAt, locale)}</dd>
        <dt>{t('rounds.answers')}</dt>
        <dd>{String(answers.counted)}</dd>
        {round.asked > 0 && (
          <>
            <dt>{t('round.asked')}</dt>
            <dd>{String(round.asked)}</dd>
          </>
        )}
      </dl>
      {answers.flagged > 0 && <Paragraph>{t('round.flagged', { count: answers.flagged })}</Paragraph>}
      {state === 'closed' ? children : <UnderWay page={page} view={view} handOut={handOut} />}
      <Paragraph>
        <Link href={`/rounds?lang=${locale}`}>{t('round.back')}</Link>
      </Paragraph>
    </Page>
  );
}

function UnderWay({ page, view, handOut }: Pick<RoundPageProps, 'page' | 'view' | 'handOut'>) {
  const { locale, t } = page;
  const { round, state, resultAt } = view;
  const path = `/rounds/${round._id}`;
  return (
    <>
      <Alert kind="info" title={t('round.noResult')}>
        <Paragraph>
          {state === 'closing'
            ? t('round.closingText', { moment: momentText(resultAt, locale) })
            : t('round.openText')}
        </Paragraph>
      </Alert>
      {handOut && state !== 'closing' && (
        <>
          <Heading2>{t('round.shareTitle')}</Heading2>
          <Paragraph>{t('round.shareText')}</Paragraph>
          <Paragraph>
            <Link href={handOut.url}>{handOut.url}</Link>
          </Paragraph>
          <Paragraph>
            {t('round.code')} <strong>{handOut.code}</strong>
          </Paragraph>
          {/* Drawn by us from the address above. */}
          <div class="ge-qr" dangerouslySetInnerHTML={{ __html: handOut.qr }} />
          {round.asked > 0 && state === 'open' && <Reminder page={page} path={path} sent={round.reminded} />}
          <Heading2>{t('round.closeTitle')}</Heading2>
          <Paragraph>{t('round.closeText')}</Paragraph>
          <StaffForm page={page} action={`${path}/close`} submit={t('round.close')} secondary />
        </>
      )}
    </>
  );
}

function Reminder({ page, path, sent }: { page: StaffPageContext; path: string; sent: boolean }) {
  const { t } = page;
  return (
    <>
      <Heading2>{t('round.remindTitle')}</Heading2>
      <Paragraph>{t(sent ? 'round.remindedText' : 'round.remindText')}</Paragraph>
      {!sent && <StaffForm page={page} action={`${path}/remind`} submit={t('round.remind')} secondary />}
    </>
  );
}
