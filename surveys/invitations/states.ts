/** Where an invitation is. See `transitions` for how it gets there. */
export type InvitationState =
  | 'planned'
  | 'sending'
  | 'sent'
  | 'answered'
  | 'withdrawn'
  | 'expired'
  | 'cancelled'
  | 'optedOut'
  | 'bounced'
  | 'failed';

/**
 * Every way an invitation may go. Each is one conditional write: it happens only from the states named here.
 * `claim` from `sending` takes over from a worker whose lease ended. `answer` is possible from `planned` and
 * `sending` too: who holds a token got the mail, even when the mail server's answer was lost on the way to us.
 */
export const transitions = {
  claim: { from: ['planned', 'sending'], to: 'sending' },
  accept: { from: ['sending'], to: 'sent' },
  retry: { from: ['sending'], to: 'planned' },
  bounce: { from: ['planned', 'sending'], to: 'bounced' },
  fail: { from: ['sending'], to: 'failed' },
  answer: { from: ['planned', 'sending', 'sent', 'answered', 'withdrawn'], to: 'answered' },
  withdraw: { from: ['answered', 'withdrawn'], to: 'withdrawn' },
  expire: { from: ['planned', 'sent'], to: 'expired' },
  cancel: { from: ['planned'], to: 'cancelled' },
  optOut: { from: ['planned', 'sending'], to: 'optedOut' },
} as const satisfies Record<string, { from: readonly InvitationState[]; to: InvitationState }>;

export type Transition = keyof typeof transitions;

/** In these a mail may still have to go, so the address is kept. In all others it is erased with the transition. */
export const addressedStates: ReadonlySet<InvitationState> = new Set(['planned', 'sending', 'sent']);

/** In these a worker may find the invitation, so it has a `nextAt`. */
export const queuedStates: ReadonlySet<InvitationState> = new Set(['planned', 'sending']);

export const invitationStates = [
  ...new Set(['planned', ...Object.values(transitions).map(({ to }) => to)] as InvitationState[]),
];
