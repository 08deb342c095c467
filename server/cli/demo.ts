import type { Command } from 'commander';
import { loadConfig } from '../config.ts';

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('the main job on sample contacts: contacts in, mails out, answers, scores; then serves')
    .option('--exit', 'stop after the table')
    .action(async ({ exit = false }: { exit?: boolean }) => {
      const { runDemo } = await import('../demo/demo.ts');
      await runDemo(loadConfig(process.env), { exit });
    });
}
