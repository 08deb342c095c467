export { type UnitRecords, unitRecords } from './export.ts';
export { endGrant, giveGrant, grantInForce, holds, listGrants, type StoredGrant } from './grants.ts';
