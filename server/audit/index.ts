export { type Announce, type AuditAction, type AuditEvent, operatorName } from './actions.ts';
export { audit } from './append.ts';
export { byRequest } from './by-request.ts';
export { type AuditCheck, type AuditMark, checkAudit } from './check.ts';
export type { AuditEntry } from './model.ts';
export { auditCsv, auditLines, auditPage } from './read.ts';
