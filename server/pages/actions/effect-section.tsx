import type { Effect, KnownEffect } from '../../../surveys/actions/index.ts';
import { DataTable } from '../components/data-table.tsx';
import { Heading2, List, Paragraph } from '../components/text.tsx';
import { formatTag } from '../i18n.ts';
import type { PageContext } from '../page-context.ts';

type Difference = KnownEffect['own'];

/** What an action did, in words first and figures after. */
export function EffectSection({ page, effect }: { page: PageContext; effect: Effect }) {
  const { t } = page;
  return (
    <>
      <Heading2>{t('actions.effect')}</Heading2>
      {effect.kind === 'known' ? (
        <Known page={page} effect={effect} />
      ) : (
        <Unknown page={page} effect={effect} />
      )}
    </>
  );
}

function Unknown({ page: { t }, effect }: { page: PageContext; effect: Exclude<Effect, { kind: 'known' }> }) {
  const { before = '', after = '' } = effect.kind === 'notYet' ? effect : {};
  return <Paragraph>{t(`actions.effect.${effect.kind}`, { before, after })}</Paragraph>;
}

function Known({ page, effect }: { page: PageContext; effect: KnownEffect }) {
  const { t } = page;
  const { of, before, after, figures, own, others } = effect;
  const say = (difference: Difference | undefined) =>
    difference ? changeInWords(page, of, difference) : t('actions.effect.noOthers');
  return (
    <>
      <Paragraph lead>
        <strong>{t(`actions.verdict.${effect.verdict}`)}</strong>
      </Paragraph>
      <DataTable
        caption={t('actions.effect.caption', { before, after })}
        head={[t('actions.effect.what'), t('actions.effect.figure')]}
        rows={[
          [t('actions.effect.before', { period: before }), figure(page, of, figures.before)],
          [t('actions.effect.after', { period: after }), figure(page, of, figures.after)],
          [t('actions.effect.own'), say(own)],
          [t('actions.effect.others'), say(others)],
          [t('actions.effect.net'), say(effect.effect)],
        ]}
      />
      <List
        items={[t('actions.effect.leftOut'), t('actions.effect.takenOff'), t('actions.effect.interval')]}
      />
    </>
  );
}

function figure({ locale }: PageContext, of: KnownEffect['of'], value: number): string {
  return new Intl.NumberFormat(formatTag(locale), format[of]).format(value);
}

const format = {
  share: { style: 'percent', maximumFractionDigits: 0 },
  mean: { minimumFractionDigits: 1, maximumFractionDigits: 1 },
} as const;

/** "+ 12 (from + 3 to + 21)": points of a hundred for shares, points of the scale for means. */
function changeInWords({ locale, t }: PageContext, of: KnownEffect['of'], change: Difference): string {
  const scale = of === 'share' ? 100 : 1;
  const digits = of === 'share' ? 0 : 1;
  const write = (value: number) =>
    new Intl.NumberFormat(formatTag(locale), {
      signDisplay: 'exceptZero',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value * scale);
  const [low, high] = change.interval;
  return t('actions.effect.change', {
    change: write(change.difference),
    low: write(low),
    high: write(high),
  });
}
