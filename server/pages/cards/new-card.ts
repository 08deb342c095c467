import { inAmsterdam } from '../../../surveys/calendar.ts';
import type { Clock } from '../../../surveys/clock.ts';
import type { PublishedSurvey } from '../../../surveys/definitions/index.ts';
import type { NewSharedLink } from '../../../surveys/shared-links/index.ts';
import type { TextKey } from '../i18n.ts';
import type { Named } from '../overview/figures.ts';

/** What a code can be made for, and how its answers are given. */
export const cardKinds = { card: 'web', kiosk: 'kiosk', phone: 'phone' } as const;
export type CardKind = keyof typeof cardKinds;

/** What can be chosen, each by its key. */
export interface CardChoices {
  departments: Named[];
  channels: Named[];
  products: Named[];
  stages: Named[];
}

export const cardFields = ['kind', 'department', 'channel', 'product', 'stage', 'until'] as const;
export type CardForm = Record<(typeof cardFields)[number], string>;

const longestYears = 2;

/**
 * A link of the customer journey as a form asks for it; a day is the last one on which it works (Europe/Amsterdam), and
 * without one it works for a year.
 */
export function readCard(
  form: CardForm,
  { departments, channels, products, stages }: CardChoices,
  { key: survey }: PublishedSurvey,
  { now }: Clock,
): { link: NewSharedLink } | { faults: TextKey[] } {
  const kind = Object.keys(cardKinds).find((one): one is CardKind => one === form.kind);
  const opensAt = now();
  const closesAt = endOf(form.until, opensAt);
  const among = (choices: Named[], key: string) => choices.some((choice) => choice.key === key);
  const faults = [
    ...(kind ? [] : ['cards.fault.kind' as const]),
    ...(among(departments, form.department) ? [] : ['cards.fault.department' as const]),
    ...(among(channels, form.channel) ? [] : ['cards.fault.channel' as const]),
    ...(form.product === '' || among(products, form.product) ? [] : ['cards.fault.product' as const]),
    ...(form.stage === '' || among(stages, form.stage) ? [] : ['cards.fault.stage' as const]),
    ...(closesAt ? [] : ['cards.fault.until' as const]),
  ];
  if (!kind || !closesAt || faults.length > 0) return { faults };
  const { department, channel, product, stage } = form;
  const mode = cardKinds[kind];
  const about = { ...(product && { product }), ...(stage && { stage }) };
  return { link: { purpose: kind, survey, department, channel, ...about, mode, opensAt, closesAt } };
}

/** The end of a day; of a year from now where no day is given. Undefined for a day gone by, or too far ahead. */
function endOf(day: string, now: Date): Date | undefined {
  const today = inAmsterdam(now);
  if (day === '') return today.plus({ years: 1 }).endOf('day').toJSDate();
  const last = /^\d{4}-\d{2}-\d{2}$/.test(day)
    ? today.set({
        year: Number(day.slice(0, 4)),
        month: Number(day.slice(5, 7)),
        day: Number(day.slice(8)),
      })
    : undefined;
  if (!last?.isValid || last.toISODate() !== day) return undefined;
  const fits = last >= today.startOf('day') && last <= today.plus({ years: longestYears });
  return fits ? last.endOf('day').toJSDate() : undefined;
}
