import { redact } from '../surveys/responses/redaction.ts';

/** Shorter than any token. */
const word = /^[A-Za-z][A-Za-z0-9_-]{0,30}$/;
const text = Symbol('text for people');

/**
 * The fields whose value may be text, with the form it must have. Numbers and yes or no may have any name, since
 * they count or measure; a text under another name is not written, whatever it says.
 */
const texts: Record<string, RegExp | typeof text> = {
  msg: text,
  requestId: /^[0-9a-f-]{32,36}$/,
  method: /^[A-Z]{3,7}$/,
  route: /^(\(none\)|\/|(\/[:*]?[A-Za-z][A-Za-z0-9.-]{0,30})+)$/,
  /** A job's number; longer ones could be somebody's. */
  id: /^\d{1,7}$/,
  survey: /^[a-z][a-z0-9-]{0,62}$/,
  job: word,
  command: word,
  dependency: word,
  kind: word,
  state: word,
  problem: word,
  name: word,
  code: /^[A-Za-z]\w{0,30}$/,
  reason: /^([A-Za-z]{1,30}|(OAUTH|ERR)_[A-Z_]{1,40}(:[a-z_]{1,50})?|\d{3}( [245]\.\d{1,3}\.\d{1,3})?)$/,
  signal: /^SIG[A-Z0-9]+$/,
  settings: /^[A-Z][A-Z0-9_]+$/,
  event: /^[a-z]{1,20}\.[a-z]{1,20}$/,
  /** A member of staff by the keyed hash that is their id, a key by a keyed hash of its name. */
  who: /^(person:([0-9a-f]{32}|operator)|key:[0-9a-f]{16})$/,
  permission: /^[a-z-]{1,20}(:[a-z]{1,10})?$/,
  pointer: /^(\/[A-Za-z0-9_~-]{0,40})*$/,
  at: /^at [^@]{1,300}$/,
};

/** What stands where something was not fit to be written. */
const left = '[left out]';

/**
 * A record of the log without what may not be in it: texts only in the listed fields and in their form, messages
 * without addresses, numbers of people and secrets, no number that could be somebody's.
 */
export function cleanRecord(record: unknown): unknown {
  return clean(record, '');
}

function clean(value: unknown, field: string): unknown {
  if (Array.isArray(value)) return value.map((item) => clean(item, field));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [fieldName(name), clean(item, name)]),
    );
  }
  if (typeof value === 'number') return field === 'time' || Math.abs(value) < 10_000_000 ? value : left;
  if (typeof value !== 'string') return value;
  const form = Object.hasOwn(texts, field) ? texts[field] : undefined;
  if (form === text) return cleanText(value);
  return form?.test(value) ? value : left;
}

/** Names of fields are ours; one that isn't (a dictionary by address, say) is not written either. */
function fieldName(name: string): string {
  return word.test(name) ? name : left;
}

const secret = /[A-Za-z0-9_-]{32,}/g;
const networkAddress = /\b\d{1,3}(\.\d{1,3}){3}\b|(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])/gi;

function cleanText(message: string): string {
  return redact(message.replaceAll(secret, '[secret]').replaceAll(networkAddress, '[address]'));
}
