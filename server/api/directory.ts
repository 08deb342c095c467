import {
  type DirectoryKind,
  directoryKinds,
  importDirectory,
  listEntries,
  putEntry,
} from '../../surveys/municipality/index.ts';
import { ref, resultsOf } from './components.ts';
import { type JsonSchema, type Route, route } from './route.ts';

const names = directoryKinds.map((kind) => ({ kind, plural: `${kind}s` }));

const listedEntry: JsonSchema = {
  type: 'object',
  required: ['key', 'names', 'isNew'],
  properties: {
    key: { type: 'string' },
    names: { type: 'object' },
    parent: { type: 'string' },
    email: { type: 'string' },
    isNew: { type: 'boolean' },
  },
};

function listing(plural: string): JsonSchema {
  return {
    type: 'object',
    required: [plural],
    properties: { [plural]: { type: 'array', items: listedEntry } },
  };
}

const importResults: JsonSchema = resultsOf({
  required: ['line', 'key', 'decision'],
  properties: {
    line: { type: 'integer' },
    kind: { enum: directoryKinds },
    key: { type: 'string' },
    decision: { enum: ['stored', 'rejected'] },
    errors: { type: 'array', items: ref('Fault') },
  },
});

/** The map of the municipality: departments, channels and products, their names and what they are part of. */
export const directoryRoutes: Route[] = names.flatMap(({ kind, plural }) => [
  route({
    method: 'get',
    path: `/v1/${plural}`,
    access: 'signed-in',
    tag: 'Municipality',
    summary: `All ${plural}; those that arrived with a contact and have no name yet are marked as new`,
    answers: { 200: { description: `The ${plural}`, schema: listing(plural) } },
    handle: async () => ({ status: 200, body: { [plural]: await listEntries(kind) } }),
  }),
  route({
    method: 'put',
    path: `/v1/${plural}/{key}`,
    access: 'municipality:write',
    audit: { what: 'directory.changed', on: () => plural },
    tag: 'Municipality',
    summary: `Name a ${kind}`,
    params: { key: 'A kebab-case key' },
    body: { schema: ref('DirectoryEntry') },
    answers: { 200: { description: `The ${kind} as it is kept`, schema: listedEntry } },
    handle: async (_services, { params, body }) => ({
      status: 200,
      body: await putEntry(kind, params.key!, body),
    }),
  }),
  route({
    method: 'post',
    path: `/v1/${plural}`,
    access: 'municipality:write',
    audit: { what: 'directory.changed', on: () => plural },
    tag: 'Municipality',
    summary: `Name many ${plural}, as CSV`,
    body: { csv: 'Columns key, nl, en, parent, email (of departments); commas or semicolons; UTF-8' },
    answers: { 200: { description: 'What became of each row', schema: importResults } },
    handle: async (_services, { body }) => importCsv(kind, body),
  }),
]);

async function importCsv(kind: DirectoryKind, body: unknown) {
  return { status: 200, body: { results: await importDirectory(String(body), kind) } };
}
