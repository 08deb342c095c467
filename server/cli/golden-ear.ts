#!/usr/bin/env node
import { createProgram } from './program.ts';
import { failed } from './run.ts';

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = failed(error, process.argv.includes('--json'));
}
