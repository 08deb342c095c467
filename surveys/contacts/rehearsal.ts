import type { Cap } from '../recipients/model.ts';
import type { Verdict } from './ledger.ts';

/**
 * What a dry run would have written. Handed from batch to batch, it makes the dry run of a whole file decide
 * as the real run would.
 */
export interface Rehearsal {
  /** By ledger id. */
  verdicts: Map<string, Verdict>;
  /** By address hash. */
  caps: Map<string, Cap>;
}

/** The start of a dry run. */
export function createRehearsal(): Rehearsal {
  return { verdicts: new Map(), caps: new Map() };
}
