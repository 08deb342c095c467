/** What is written down of the work of staff, keys and the operator. Nothing of it is about a resident. */
export const auditActions = [
  'signIn.done',
  'signIn.refused',
  'signIn.out',
  'signIn.linkMade',
  'access.refused',
  'session.ended',
  'person.invited',
  'person.changed',
  'person.removed',
  'key.made',
  'key.revoked',
  'survey.published',
  'survey.settings',
  'municipality.changed',
  'directory.changed',
  'retention.changed',
  'sending.paused',
  'sending.resumed',
  'figures.released',
  'figures.exported',
  'openData.published',
  'records.granted',
  'records.grantEnded',
  'records.exported',
  'callbacks.viewed',
  'callback.handled',
  'comments.viewed',
  'comments.marked',
  'action.planned',
  'action.changed',
  'action.published',
  'round.opened',
  'round.reminded',
  'round.closed',
  'link.made',
  'link.closed',
  'arena.planned',
  'arena.closed',
  'responses.imported',
  'responses.importUndone',
  'contact.erased',
  'address.erased',
  'audit.exported',
  'store.backedUp',
  'store.restored',
  'secretKey.accepted',
] as const;

export type AuditAction = (typeof auditActions)[number];

/** What happened, as the one who writes it down tells it. */
export interface AuditEvent {
  /** `person:` with the id of a person, `key:` with the name of an API key, `operator` (who has the machine), `provider` (the identity provider), or `nobody` (who was not let in). */
  who: string;
  what: AuditAction;
  /** What it was done to: an id of a person, the name of a key, the key of a survey. Never of a resident. */
  on?: string | undefined;
  /** Keyed hash of the network that it was done from; absent on the command line. */
  network?: string | undefined;
}

/**
 * Writes down a change of access before it is made, and fails when it can't be: an entry without its change can be
 * explained, access of which no entry tells can not.
 * @param on what will be changed
 */
export type Announce = (on: string) => Promise<void>;

/** Who has the machine, and uses the command line. */
export const operatorName = 'operator';
