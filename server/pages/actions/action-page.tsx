import type { Action, Effect } from '../../../surveys/actions/index.ts';
import { dayText } from '../../staff/moments.ts';
import { StaffForm } from '../../staff/staff-form.tsx';
import { FormFaults } from '../components/error-summary.tsx';
import { TextArea } from '../components/more-fields.tsx';
import { Page } from '../components/page.tsx';
import { Heading1, Heading2, Link, Paragraph } from '../components/text.tsx';
import type { TextKey } from '../i18n.ts';
import type { StaffPageContext } from '../page-context.ts';
import { EffectSection } from './effect-section.tsx';

interface ActionPageProps {
  page: StaffPageContext;
  action: Action;
  effect: Effect;
  /** Names of what the action is about, where they have one. */
  names: { department: string; product?: string | undefined; measure?: string | undefined };
  /** What was typed to be told, when it can't be. */
  typed?: { said: string; did: string };
  faults?: TextKey[];
}

/** One action: from its signal to what residents were told of it. */
export function ActionPage({ page, action, effect, names, typed, faults = [] }: ActionPageProps) {
  const { locale, t } = page;
  const { _id, signal, told, state } = action;
  const facts: [string, string][] = [
    [t('actions.kind'), `${t(`actions.kind.${signal.kind}`)}, ${signal.month}`],
    [t('actions.about'), signal.about],
    [t('overview.department'), names.department],
    [t('actions.product'), names.product ?? t('actions.none')],
    [t('actions.owner'), action.owner],
    [t('actions.by'), dayText(action.by, locale)],
    [t('actions.measure'), names.measure ?? t('actions.none')],
    [t('actions.state'), t(`actions.state.${state}`)],
    ...(action.doneOn ? [[t('actions.doneOn'), dayText(action.doneOn, locale)] as [string, string]] : []),
  ];
  return (
    <Page page={page} title={action.what} faulty={faults.length > 0}>
      <FormFaults t={t} faults={faults} />
      <Heading1>{action.what}</Heading1>
      <dl class="ge-facts">
        {facts.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
      {state === 'planned' && (
        <>
          <Paragraph>{t('actions.doneText')}</Paragraph>
          <StaffForm page={page} action={`/actions/${_id}/end`} submit={t('actions.done')} />
          <StaffForm page={page} action={`/actions/${_id}/end`} submit={t('actions.stop')} secondary>
            <input type="hidden" name="state" value="stopped" />
          </StaffForm>
        </>
      )}
      <EffectSection page={page} effect={effect} />
      {state === 'done' && (
        <>
          <Heading2>{t('done.title')}</Heading2>
          <Paragraph>{t('actions.tellText')}</Paragraph>
          {told && (
            <Paragraph>
              {t('actions.toldOn', { day: dayText(told.on, locale) })}{' '}
              <Link href={`/you-said-we-did${action.product ? `/${action.product}` : ''}?lang=${locale}`}>
                {t('actions.toldLink')}
              </Link>
            </Paragraph>
          )}
          <StaffForm page={page} action={`/actions/${_id}/tell`} submit={t('actions.tell')}>
            <TextArea
              id="said"
              label={t('done.said')}
              hint={t('actions.tellHint')}
              value={typed?.said ?? told?.said ?? ''}
              maxLength={500}
            />
            <TextArea id="did" label={t('done.did')} value={typed?.did ?? told?.did ?? ''} maxLength={500} />
          </StaffForm>
        </>
      )}
    </Page>
  );
}
