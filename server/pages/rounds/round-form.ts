import { inAmsterdam } from '../../../surveys/calendar.ts';
import type { Context } from '../../../surveys/context.ts';
import type { Problem } from '../../../surveys/problems.ts';
import type { fieldsOf } from '../form-body.ts';
import type { TextKey } from '../i18n.ts';
import type { RoundForm } from './rounds-page.tsx';

/** Two weeks from today: long enough for who works part time. */
export function emptyForm({ clock }: Pick<Context, 'clock'>): RoundForm {
  const today = inAmsterdam(clock.now());
  return {
    department: '',
    startDate: today.toISODate(),
    endDate: today.plus({ days: 14 }).toISODate(),
    addresses: '',
  };
}

export function readRoundForm(fields: ReturnType<typeof fieldsOf>): RoundForm {
  const text = (name: keyof RoundForm) => {
    const value = fields[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  return {
    department: text('department'),
    startDate: text('startDate'),
    endDate: text('endDate'),
    addresses: text('addresses'),
  };
}

/** The sentences for what is wrong, each once; none when it is not about the form. */
export function faultsOf({ code, faults }: Problem): TextKey[] {
  if (code === 'roundExists') return ['rounds.fault.exists'];
  if (code !== 'invalidBody') return [];
  return [
    ...new Set(
      faults.map(({ pointer, code: fault }): TextKey => {
        if (pointer.startsWith('/addresses')) return 'rounds.fault.addresses';
        if (pointer === '/startDate') return 'rounds.fault.startDate';
        if (pointer === '/endDate') return fault === 'long' ? 'rounds.fault.long' : 'rounds.fault.endDate';
        return 'rounds.fault.department';
      }),
    ),
  ];
}
