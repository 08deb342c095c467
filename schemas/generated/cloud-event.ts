/* Made from schemas/cloud-event.schema.json by "npm run generate". Do not edit. */

/**
 * A CloudEvent 1.0 in the NL GOV profile that tells of a contact. Its source and id name the contact; its time is when the contact took place unless the data say so.
 */
export interface CloudEvent {
  specversion: '1.0';
  id: string;
  /**
   * A URN, for instance urn:nld:oin:00000001234567890000:systeem:kcc.
   */
  source: string;
  /**
   * In reverse DNS, for instance nl.almere.contact-afgerond.
   */
  type: string;
  time?: string;
  /**
   * Only JSON is read.
   */
  datacontenttype?: string;
  /**
   * A contact without source and id.
   */
  data: {};
}
