/** Where an invitation is. See `transitions` for how it gets there. */
export const invitationStates = [
  'planned',
  'sending',
  'sent',
  'reminding',
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
 * `claim` from `sending` and `claimReminder` from `reminding` take over from a worker whose lease ended. `answer` is
 * possible from `planned` and `sending` too: who holds a token got the mail, even when the mail server's word was lost
 * on its way to us. `bounce` from `sent`: the mail came back later. A reminder that can't go leaves the invitation
 * open, since the first mail was taken.
 */
export const transitions = {
  claim: { from: ['planned', 'sending'], to: 'sending', counts: false },
  accept: { from: ['sending'], to: 'sent', counts: true },
  retry: { from: ['sending'], to: 'planned', counts: false },
  fail: { from: ['sending'], to: 'failed', counts: true },
  claimReminder: { from: ['sent', 'reminding'], to: 'reminding', counts: false },
  acceptReminder: { from: ['reminding'], to: 'sent', counts: false },
  retryReminder: { from: ['reminding'], to: 'sent', counts: false },
  dropReminder: { from: ['sent', 'reminding'], to: 'sent', counts: false },
  bounce: { from: ['planned', 'sending', 'sent', 'reminding'], to: 'bounced', counts: true },
  answer: {
    from: ['planned', 'sending', 'sent', 'reminding', 'answered', 'withdrawn'],
    to: 'answered',
    counts: true,
  },
  withdraw: { from: ['answered', 'withdrawn'], to: 'withdrawn', counts: true },
  expire: { from: ['planned', 'sending', 'sent', 'reminding'], to: 'expired', counts: true },
  cancel: { from: ['planned', 'sending'], to: 'cancelled', counts: true },
  optOut: { from: ['planned', 'sending'], to: 'optedOut', counts: true },
} as const satisfies Record<string, Transition>;

export type TransitionName = keyof typeof transitions;

/** In these a mail may still have to go, or come back. */
export const dueStates: readonly InvitationState[] = ['planned', 'sending', 'sent', 'reminding'];
/** In these a worker holds a lease. */
export const leased: readonly InvitationState[] = ['sending', 'reminding'];

/** Whether what is due next is the reminder, not the first mail. */
export function isReminder(state: InvitationState): boolean {
  return state === 'sent' || state === 'reminding';
}

/**
 * The part of a filter for invitations whose mail is due now: the first, or the reminder.
 * @param takeOver whether claims whose lease has ended are among them
 */
export function dueAt(now: Date, takeOver = true) {
  const states = takeOver ? dueStates : dueStates.filter((state) => !leased.includes(state));
  return { state: { $in: [...states] }, nextAt: { $lte: now } };
}

/** The part of a filter that lets a transition happen only from where it may. */
export function from(name: TransitionName): { state: { $in: InvitationState[] } } {
  return { state: { $in: [...transitions[name].from] } };
}

/**
 * The update of a transition; `set` adds what this one records. What is not needed any more is erased with it: the
 * address once no mail can follow, and what recognises a bounce once none is waited for.
 */
export function to<Set extends Record<string, unknown>>(name: TransitionName, set: Set) {
  const { to: state, counts }: Transition = transitions[name];
  const mailFollows = set.nextAt !== undefined || state === 'planned' || leased.includes(state);
  const erased: ('address' | 'addressHash' | 'mails' | 'lease' | 'nextAt' | 'requestId')[] = [];
  if (!mailFollows) erased.push('address', 'nextAt');
  if (!dueStates.includes(state)) erased.push('addressHash', 'mails');
  if (!leased.includes(state)) erased.push('lease');
  if (state !== 'sending' && state !== 'planned') erased.push('requestId');
  return {
    $set: { ...set, state, ...(counts && { dirty: true }) },
    $inc: { rev: 1 },
    // An empty $unset is an error for older servers.
    ...(erased.length > 0 && { $unset: Object.fromEntries(erased.map((field) => [field, true as const])) }),
  };
}
