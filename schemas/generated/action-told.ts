/* Made from schemas/action-told.schema.json by "npm run generate". Do not edit. */

/**
 * What residents read of an action: you said, we did.
 */
export interface ActionTold {
  said: string;
  did: string;
}
