/* Made from schemas/klantcontact.schema.json by "npm run generate". Do not edit. */

/**
 * What is read of a klantcontact of Open Klant 2 (klantinteracties API), with expand=hadBetrokkenen,hadBetrokkenen.digitaleAdressen. Everything else in it is neither read nor kept.
 */
export interface Klantcontact {
  uuid: string;
  kanaal: string;
  taal?: string;
  vertrouwelijk: boolean;
  plaatsgevondenOp?: string | null;
  hadBetrokkenActoren?: {
    naam: string;
    soortActor: string;
  }[];
  _expand?: {
    hadBetrokkenen?: Betrokkene[];
  };
}
export interface Betrokkene {
  initiator?: boolean;
  _expand?: {
    digitaleAdressen?: DigitaalAdres[];
  };
}
export interface DigitaalAdres {
  adres: string;
  soortDigitaalAdres: string;
  isStandaardAdres?: boolean;
}
