/* Made from schemas/directory-entry.schema.json by "npm run generate". Do not edit. */

/**
 * What a department, channel or product is called, and what it is part of.
 */
export interface DirectoryEntry {
  names: {
    nl: string;
    en?: string;
  };
  /**
   * The key of an entry of the same kind.
   */
  parent?: string;
  /**
   * For a department: where it is told of urgent call-back wishes. A shared mailbox, not a person's.
   */
  email?: string;
}
