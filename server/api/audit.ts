import { Readable } from 'node:stream';
import query from '../../schemas/audit-query.schema.json' with { type: 'json' };
import type { AuditQuery } from '../../schemas/generated/audit-query.ts';
import { auditCsv, auditLines } from '../audit/index.ts';
import { type Route, route } from './route.ts';

export const auditRoutes: Route[] = [
  route<AuditQuery>({
    method: 'get',
    path: '/v1/audit',
    access: 'audit:read',
    audit: { what: 'audit.exported' },
    tag: 'Audit',
    summary: 'The whole audit log, oldest first: who did what, on what, when',
    description:
      'Lines of JSON (NDJSON), or CSV with `format=csv`. Each entry holds the seal of the one before; `golden-ear audit check` goes through them. That the log was exported is its newest entry.',
    query,
    answers: { 200: { description: 'The entries', csv: 'A row for each entry' } },
    handle: async (_services, { query: { format } }) => {
      const csv = format === 'csv';
      return {
        status: 200,
        type: csv ? 'text/csv' : 'application/x-ndjson',
        headers: { 'Content-Disposition': `attachment; filename="audit.${csv ? 'csv' : 'ndjson'}"` },
        body: Readable.from(csv ? auditCsv() : auditLines()),
      };
    },
  }),
];
