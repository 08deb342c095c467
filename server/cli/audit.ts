import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AuditMark } from '../audit/index.ts';
import { type JsonOption, withJson } from './json-option.ts';
import { exitCodes, noteDone, print, withInstallation } from './run.ts';

export function addAudit(program: Command): void {
  const audit = program.command('audit').description('the log of what staff, keys and the operator did');
  withJson(audit.command('check'))
    .description('go through the whole log and compare each entry with its seal; fails when one was changed')
    .option(
      '--noted <number:seal>',
      'an entry as an earlier check printed it: that the end of the log was cut off shows by this alone',
      parseMark,
    )
    .action(check);
  withJson(audit.command('export'))
    .description('write the whole log')
    .addOption(new Option('--format <format>', 'of the lines').choices(['ndjson', 'csv']).default('ndjson'))
    .option('--out <file>', 'instead of standard output')
    .action(exportLog);
}

async function check({ noted, json }: JsonOption & { noted?: AuditMark }): Promise<void> {
  const { checkAudit } = await import('../audit/index.ts');
  const checked = await withInstallation(({ keys }) => checkAudit(keys, noted));
  const { entries, faults, last } = checked;
  const lines = [
    `${entries} entries`,
    ...faults.map(({ number, kind }) => `entry ${number} is ${kind}`),
    ...(faults.length === 0 ? ['Each is as it was written, and follows the one before.'] : []),
    ...(last ? [`The last one, to note elsewhere: ${last.number}:${last.seal}`] : []),
  ];
  print(checked, lines.join('\n'), { json });
  if (faults.length > 0) process.exitCode = exitCodes.failed;
}

/** `--json` asks for the lines that are the default. */
async function exportLog({ format, out, json }: JsonOption & { format: 'ndjson' | 'csv'; out?: string }) {
  const { auditCsv, auditLines } = await import('../audit/index.ts');
  await withInstallation(async (ctx) => {
    await noteDone(ctx, 'audit.exported');
    const lines = Readable.from(format === 'csv' && !json ? auditCsv() : auditLines());
    if (out !== undefined) return pipeline(lines, createWriteStream(out, { mode: 0o600 }));
    for await (const line of lines) if (!process.stdout.write(line)) await once(process.stdout, 'drain');
  });
}

function parseMark(text: string): AuditMark {
  const [, number, seal] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (number === undefined || seal === undefined)
    throw new InvalidArgumentError('It is a number, a colon and 64 hexadecimal digits.');
  return { number: Number(number), seal };
}
