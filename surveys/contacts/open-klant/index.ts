export * from './pending.ts';
export { type KlantcontactTables, openKlantSource, toContact } from './to-contact.ts';
