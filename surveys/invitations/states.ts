/** Where an invitation is. See `transitions` for how it gets there. */
export const invitationStates = [
  'planned',
  'sending',
  'sent',
  'answered',
  'withdrawn',
  'expired',
  'cancelled',
  'optedOut',
  'bounced',
  'failed',
] as const;
export type InvitationState = (typeof invitationStates)[number];

interface Transition {
  from: readonly InvitationState[];
  to: InvitationState;
  /** Whether a count of the volume changes: invited, accepted, bounced or answered. */
  counts: boolean;
}

/**
 * Every way an invitation may go. Each is one conditional write: it happens only from the states named here.
 * `claim` from `sending` takes over from a worker whose lease ended. `answer` is possible from `planned` and
 * `sending` too: who holds a token got the mail, even when the mail server's word was lost on its way to us.
 */
export const transitions = {
  claim: { from: ['planned', 'sending'], to: 'sending', counts: false },
  accept: { from: ['sending'], to: 'sent', counts: true },
  retry: { from: ['sending'], to: 'planned', counts: false },
  bounce: { from: ['planned', 'sending'], to: 'bounced', counts: true },
  fail: { from: ['sending'], to: 'failed', counts: true },
  answer: { from: ['planned', 'sending', 'sent', 'answered', 'withdrawn'], to: 'answered', counts: true },
  withdraw: { from: ['answered', 'withdrawn'], to: 'withdrawn', counts: true },
  expire: { from: ['planned', 'sending', 'sent'], to: 'expired', counts: true },
  cancel: { from: ['planned', 'sending'], to: 'cancelled', counts: true },
  optOut: { from: ['planned', 'sending'], to: 'optedOut', counts: true },
} as const satisfies Record<string, Transition>;

export type TransitionName = keyof typeof transitions;

/** In these a mail may still have to go, so the address is kept. Entering any other state erases it. */
const addressed: ReadonlySet<InvitationState> = new Set(['planned', 'sending', 'sent']);

/** The part of a filter that lets a transition happen only from where it may. */
export function from(name: TransitionName): { state: { $in: InvitationState[] } } {
  return { state: { $in: [...transitions[name].from] } };
}

/** The update of a transition; `set` adds what this one records. */
export function to<Set extends object>(name: TransitionName, set: Set) {
  const { to: state, counts }: Transition = transitions[name];
  const erased: ('address' | 'addressHash' | 'lease' | 'nextAt' | 'requestId')[] = [];
  if (!addressed.has(state)) erased.push('address', 'addressHash');
  if (state !== 'sending') erased.push('lease');
  if (state !== 'sending' && state !== 'planned') erased.push('nextAt', 'requestId');
  return {
    $set: { ...set, state, ...(counts && { dirty: true }) },
    $inc: { rev: 1 },
    // An empty $unset is an error for older servers.
    ...(erased.length > 0 && { $unset: Object.fromEntries(erased.map((field) => [field, true as const])) }),
  };
}
