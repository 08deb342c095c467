import type { ContactEvent } from '../../../schemas/generated/contact.ts';
import type { Klantcontact } from '../../../schemas/generated/klantcontact.ts';
import { keyOf } from '../import/key.ts';

/** The municipality's words for channels and departments, and our keys of them. */
export interface KlantcontactTables {
  channels: ReadonlyMap<string, string>;
  departments: ReadonlyMap<string, string>;
}

/** The source under which contacts of Open Klant are known. */
export const openKlantSource = 'open-klant';

/**
 * A klantcontact as a contact event. The department is the organisational unit among the actors; `kanaal` is free text, so
 * a table translates it, and what the table lacks becomes a key of its own. Of a confidential one no address is read.
 * @param heardAt when the klantcontact was first heard of: it need not say when it took place
 * @returns undefined when no organisational unit was involved, or the channel has no name
 */
export function toContact(
  klantcontact: Klantcontact,
  { channels, departments }: KlantcontactTables,
  heardAt: Date,
): ContactEvent | undefined {
  const { uuid, kanaal, taal = '', vertrouwelijk: confidential, plaatsgevondenOp } = klantcontact;
  const unit = klantcontact.hadBetrokkenActoren?.find(
    ({ soortActor }) => soortActor === 'organisatorische_eenheid',
  );
  const department = unit && (departments.get(unit.naam) ?? keyOf(unit.naam));
  const channel = channels.get(kanaal) ?? keyOf(kanaal);
  if (!department || !channel) return undefined;
  const language = languages[taal.toLowerCase()];
  const email = confidential ? undefined : addressOf(klantcontact, 'email');
  const phone = confidential ? undefined : addressOf(klantcontact, 'telefoonnummer');
  return {
    source: openKlantSource,
    id: uuid,
    occurredAt: plaatsgevondenOp ?? heardAt.toISOString(),
    department,
    channel,
    ...(language && { language }),
    ...(confidential && { confidential }),
    ...((email || phone) && { recipient: { ...(email && { email }), ...(phone && { phone }) } }),
  };
}

/** Of who began the contact first, and of theirs the one that they prefer. */
function addressOf({ _expand }: Klantcontact, kind: 'email' | 'telefoonnummer'): string | undefined {
  const people = _expand?.hadBetrokkenen ?? [];
  const addresses = [...people]
    .sort((one, other) => Number(other.initiator ?? false) - Number(one.initiator ?? false))
    .map((one) =>
      (one._expand?.digitaleAdressen ?? []).filter(({ soortDigitaalAdres }) => soortDigitaalAdres === kind),
    )
    .find((ofOne) => ofOne.length > 0);
  return (addresses?.find(({ isStandaardAdres }) => isStandaardAdres) ?? addresses?.[0])?.adres;
}

/** ISO 639-2 (both forms) to ISO 639-1, for the languages that surveys are likely to be in. */
const languages: Readonly<Record<string, string>> = {
  dut: 'nl',
  nld: 'nl',
  eng: 'en',
  tur: 'tr',
  ara: 'ar',
  pol: 'pl',
  ukr: 'uk',
};
