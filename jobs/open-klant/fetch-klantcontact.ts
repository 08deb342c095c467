import type { Klantcontact } from '../../schemas/generated/klantcontact.ts';
import schema from '../../schemas/klantcontact.schema.json' with { type: 'json' };
import { validator } from '../../schemas/validate.ts';

export interface OpenKlantAccess {
  /** Base of the klantinteracties API, without a slash at the end. */
  url: string;
  token: string;
}

/** `unreadable`: it was given, and is no klantcontact as the API describes it. */
export type Fetched =
  | { kind: 'found'; klantcontact: Klantcontact }
  | { kind: 'gone' }
  | { kind: 'away' | 'unreadable'; reason: string };

const check = validator<Klantcontact>(schema);
const patienceMs = 10_000;
const expand = 'hadBetrokkenen,hadBetrokkenen.digitaleAdressen';

/** Asks Open Klant for a klantcontact with who was involved. Never rejects; a redirect is not followed, the token stays here. */
export async function fetchKlantcontact({ url, token }: OpenKlantAccess, uuid: string): Promise<Fetched> {
  try {
    const response = await fetch(`${url}/klantcontacten/${encodeURIComponent(uuid)}?expand=${expand}`, {
      headers: { Authorization: `Token ${token}`, Accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    });
    if (response.status === 404 || response.status === 410) return { kind: 'gone' };
    if (!response.ok) return { kind: 'away', reason: String(response.status) };
    const checked = check(await response.json());
    if (!checked.ok)
      return { kind: 'unreadable', reason: checked.faults.map(({ pointer }) => pointer).join(' ') };
    return { kind: 'found', klantcontact: checked.value };
  } catch (error) {
    return { kind: 'away', reason: error instanceof Error ? error.name : 'unknown' };
  }
}
