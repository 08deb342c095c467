/* Made from schemas/api-key.schema.json by "npm run generate". Do not edit. */

/**
 * What an API key is to be: who uses it, what it may do, for which departments and until when.
 */
export interface ApiKeyRequest {
  /**
   * who uses it, for instance the system that sends contacts
   */
  name: string;
  /**
   * @minItems 1
   */
  scopes: [
    (
      | 'contacts:write'
      | 'responses:write'
      | 'surveys:write'
      | 'aggregates:read'
      | 'bounces:write'
      | 'municipality:write'
      | 'sending:write'
    ),
    ...(
      | 'contacts:write'
      | 'responses:write'
      | 'surveys:write'
      | 'aggregates:read'
      | 'bounces:write'
      | 'municipality:write'
      | 'sending:write'
    )[]
  ];
  /**
   * keys of departments; none: all of them
   *
   * @maxItems 1000
   */
  departments?: string[];
  /**
   * the last day on which it works, in Europe/Amsterdam
   */
  endsOn?: string;
}
