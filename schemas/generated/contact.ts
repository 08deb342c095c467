/* Made from schemas/contact.schema.json by "npm run generate". Do not edit. */

/**
 * A contact that a resident or entrepreneur had with the municipality, as the system that handled it reports it.
 */
export interface ContactEvent {
  /**
   * The system that reports the contact, for instance `kcc` or `urn:nld:oin:00000001234567890000:zaken`.
   */
  source: string;
  /**
   * The contact's identifier within its source. Sent again, the contact has no second effect. Only a keyed hash of it is stored.
   */
  id: string;
  /**
   * When the contact took place; for a case, when it was closed. An instant in UTC or with its offset.
   */
  occurredAt: string;
  department: string;
  /**
   * How the contact went, for instance counter, phone, website, email, post, chat, social-media, neighbourhood or home-visit.
   */
  channel: string;
  /**
   * The product or service that the contact was about.
   */
  product?: string;
  /**
   * The stage of a longer journey, for instance applying, waiting or decision.
   */
  stage?: string;
  /**
   * The language the recipient reads best: a BCP 47 tag, of which only the language itself is kept. Absent: Dutch.
   */
  language?: string;
  /**
   * Nobody is asked about a confidential contact.
   */
  confidential?: boolean;
  /**
   * Key of the survey to invite for. Absent: customer-journey.
   */
  survey?: string;
  /**
   * Where an invitation can be sent: to the e-mail address, otherwise the phone number (where text messages are turned on, and of a mobile phone; without a country code it is read as Dutch), otherwise the postal address (where letters are turned on).
   */
  recipient?: {
    email?: string;
    phone?: string;
    address?: DutchAddress;
  };
}
/**
 * A postal address in the Netherlands. One that no letter can go to, abroad for instance, is no address.
 */
export interface DutchAddress {
  /**
   * As it stands on the envelope.
   */
  name: string;
  street: string;
  /**
   * With letter and addition, for instance 12 or 12B-3.
   */
  houseNumber: string;
  postcode: string;
  city: string;
}
