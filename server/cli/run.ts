import { existsSync } from 'node:fs';
import type { Context } from '../../surveys/context.ts';
import { Problem } from '../../surveys/problems.ts';
import type { AuditAction } from '../audit/index.ts';
import { type Config, ConfigError, loadConfig } from '../config.ts';

export const exitCodes = { done: 0, failed: 1, badUse: 2 } as const;

/** The command was used in a way that can't work; nothing was done. */
export class BadUse extends Error {
  override readonly name = 'BadUse';
}

/**
 * Opens the installation of the environment, does the work and closes it, also when the work fails. What is
 * heavy is loaded only now, so that `--help` answers at once.
 */
export async function withInstallation<T>(work: (ctx: Context, config: Config) => Promise<T>): Promise<T> {
  const config = loadConfig(process.env);
  const { openInstallation } = await import('../installation.ts');
  const installation = await openInstallation(config);
  try {
    return await work(installation.ctx, config);
  } finally {
    await installation.close();
  }
}

/** Writes down in the audit log what was done on the command line, and on what. */
export async function noteDone(
  ctx: Pick<Context, 'clock' | 'keys'>,
  what: AuditAction,
  on?: string,
): Promise<void> {
  const { audit, operatorName } = await import('../audit/index.ts');
  await audit(ctx, { who: operatorName, what, on });
}

/** Prints a result: as one JSON value for programs, or as text for people. */
export function print(result: unknown, text: string, { json }: { json?: boolean | undefined }): void {
  console.log(json ? JSON.stringify(result) : text);
}

/** @throws BadUse when there is no such file. */
export function existingFile(path: string): string {
  if (!existsSync(path)) throw new BadUse(`There is no file ${path}`);
  return path;
}

/** Tells what went wrong, on standard error (with `--json` as JSON), and gives the exit code. */
export function failed(error: unknown, json: boolean): number {
  const { code, lines } = describe(error);
  console.error(json ? JSON.stringify({ errors: lines }) : lines.join('\n'));
  return code;
}

function describe(error: unknown): { code: number; lines: string[] } {
  if (error instanceof ConfigError) return { code: exitCodes.badUse, lines: error.lines };
  if (error instanceof BadUse) return { code: exitCodes.badUse, lines: [error.message] };
  if (error instanceof Problem) {
    const faults = error.faults.map(({ pointer, detail }) => `  ${pointer || '(whole)'}: ${detail}`);
    return { code: exitCodes.failed, lines: [error.message, ...faults] };
  }
  return { code: exitCodes.failed, lines: [error instanceof Error ? error.message : String(error)] };
}
