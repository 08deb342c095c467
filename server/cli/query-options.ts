import type { Command } from 'commander';
import schema from '../../schemas/aggregates-query.schema.json' with { type: 'json' };
import type { AggregatesQuery } from '../../schemas/generated/aggregates-query.ts';
import { validator } from '../../schemas/validate.ts';
import { BadUse } from './run.ts';

const check = validator<AggregatesQuery>(schema);
const names = Object.keys(schema.properties);

/** The keys of the query of GET /v1/aggregates, as options. */
export function withQuery(command: Command): Command {
  for (const [name, { description }] of Object.entries(schema.properties)) {
    const flags = `--${name} <${name}>`;
    if (schema.required.includes(name)) command.requiredOption(flags, description);
    else command.option(flags, description);
  }
  return command;
}

/** The query that the options make. @throws BadUse naming every option that does not fit. */
export function queryOf(options: Readonly<Record<string, unknown>>): AggregatesQuery {
  const given = Object.fromEntries(Object.entries(options).filter(([name]) => names.includes(name)));
  const query = check(given);
  if (query.ok) return query.value;
  throw new BadUse(query.faults.map(({ pointer, detail }) => `--${pointer.slice(1)} ${detail}`).join('\n'));
}
