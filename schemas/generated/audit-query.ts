/* Made from schemas/audit-query.schema.json by "npm run generate". Do not edit. */

/**
 * How the audit log is wanted.
 */
export interface AuditQuery {
  format?: 'ndjson' | 'csv';
}
