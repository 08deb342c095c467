import { timingSafeEqual } from 'node:crypto';
import type { Keys } from '../../surveys/keys.ts';
import { type AuditEntry, AuditModel, sealOf } from './model.ts';

/** A place where the log is not as it was written. */
export interface AuditFault {
  number: number;
  /** `missing`: there is no entry of this number. `changed`: its content is not what was sealed. `unlinked`: it does not follow the one before. */
  kind: 'missing' | 'changed' | 'unlinked';
}

export interface AuditCheck {
  entries: number;
  faults: AuditFault[];
  /** The newest entry. Noted elsewhere, it shows later whether the end of the log was cut off. */
  last?: AuditMark;
}

/** An entry by its number and its seal. */
export interface AuditMark {
  number: number;
  seal: string;
}

/**
 * Goes through the whole log and compares each entry with its seal and with the one before.
 * @param noted an entry as it was noted earlier: the log must still have it, as it was
 */
export async function checkAudit(keys: Keys, noted?: AuditMark): Promise<AuditCheck> {
  const faults: AuditFault[] = [];
  let entries = 0;
  let before: AuditMark = { number: 0, seal: '' };
  let notedFound = noted === undefined;
  for await (const entry of AuditModel.find().sort({ _id: 1 }).lean().cursor()) {
    entries += 1;
    for (let number = before.number + 1; number < entry._id; number += 1)
      faults.push({ number, kind: 'missing' });
    const follows = entry._id === before.number + 1;
    if (!isSealed(keys, entry)) faults.push({ number: entry._id, kind: 'changed' });
    else if (follows && entry.previous !== before.seal) faults.push({ number: entry._id, kind: 'unlinked' });
    if (entry._id === noted?.number) {
      notedFound = true;
      if (entry.seal !== noted.seal) faults.push({ number: entry._id, kind: 'changed' });
    }
    before = { number: entry._id, seal: entry.seal };
  }
  if (noted && !notedFound) faults.push({ number: noted.number, kind: 'missing' });
  return { entries, faults, ...(entries > 0 && { last: before }) };
}

function isSealed(keys: Keys, { seal, ...rest }: AuditEntry): boolean {
  const [expected, actual] = [Buffer.from(sealOf(keys, rest)), Buffer.from(seal)];
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
