import type { Command } from 'commander';

export interface JsonOption {
  json?: boolean;
}

/** Every command can answer programs. */
export function withJson(command: Command): Command {
  return command.option('--json', 'answer with one JSON value');
}
