import type { AggregateRow } from '../../../surveys/aggregates/index.ts';

/** One step from a contact to an answer. */
export interface Step {
  step: 'contacts' | 'invited' | 'delivered' | 'answered';
  count: number;
  /** Published in tens. */
  about: boolean;
  /** Of all who were invited; undefined for what comes before. */
  ofInvited: number | undefined;
  ofDelivered: number | undefined;
}

/** The steps that are published with a row; none where its invitations are hidden or there were none. */
export function funnelOf(figure: AggregateRow | undefined): Step[] {
  const { contacts, invited, delivered, answered, responseRate, responseRate1 } = figure ?? {};
  if (invited === undefined || answered === undefined || invited === 0) return [];
  const rounded = (step: 'contacts' | 'delivered', count: number | undefined, ofInvited?: number): Step[] =>
    count === undefined ? [] : [{ step, count, about: true, ofInvited, ofDelivered: undefined }];
  return [
    ...rounded('contacts', contacts),
    { step: 'invited', count: invited, about: false, ofInvited: 1, ofDelivered: undefined },
    ...rounded(
      'delivered',
      delivered,
      delivered === undefined ? undefined : Math.min(1, delivered / invited),
    ),
    { step: 'answered', count: answered, about: false, ofInvited: responseRate1, ofDelivered: responseRate },
  ];
}
