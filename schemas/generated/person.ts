/* Made from schemas/person.schema.json by "npm run generate". Do not edit. */

/**
 * A member of staff and what they may do: an address, roles, and the departments of a coordinator.
 */
export interface PersonAccess {
  email: string;
  /**
   * @minItems 1
   */
  roles: [
    'coordinator' | 'analyst' | 'programme-manager' | 'privacy-officer' | 'administrator',
    ...('coordinator' | 'analyst' | 'programme-manager' | 'privacy-officer' | 'administrator')[]
  ];
  /**
   * @maxItems 1000
   */
  departments?: string[];
}
