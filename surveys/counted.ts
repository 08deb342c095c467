/**
 * What is counted while the process runs, for the operator. Never by survey, department or channel, and never with
 * what was answered: a count of one, read at the right moment, would tell.
 */
export interface Counted {
  /** Contacts that were decided for the first time. */
  contacts: 'invited' | 'skipped';
  /** Answer sets on disk: new ones, and those that took the place of an earlier one. */
  responses: 'new' | 'replaced';
  /** Attempts at handing a mail over. */
  mails: 'accepted' | 'retry' | 'unavailable' | 'bounced' | 'failed';
  /** Mails that came back later. `unmatched`: not one that can still bounce. `other`: no delivery report. */
  bounces: 'bounced' | 'temporary' | 'unmatched' | 'other';
}

/** Adds to a count. */
export type Count = <What extends keyof Counted>(what: What, how: Counted[What], times?: number) => void;
