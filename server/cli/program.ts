import { createRequire } from 'node:module';
import { Command } from 'commander';
import { addAggregates } from './aggregates.ts';
import { addAudit } from './audit.ts';
import { addBackup } from './backup.ts';
import { addCells } from './cells.ts';
import { addContacts } from './contacts.ts';
import { addDemo } from './demo.ts';
import { addDirectory } from './directory.ts';
import { addErase } from './erase.ts';
import { addLanguages } from './languages.ts';
import { addMail } from './mail.ts';
import { addMunicipality } from './municipality.ts';
import { addOpenData } from './open-data.ts';
import { addPeople } from './people.ts';
import { addRelease } from './release.ts';
import { addReport } from './report.ts';
import { addResponses } from './responses.ts';
import { addRestore } from './restore.ts';
import { addRetention } from './retention.ts';
import { exitCodes } from './run.ts';
import { addSecretKey } from './secret-key.ts';
import { addSending } from './sending.ts';
import { addServe } from './serve.ts';
import { addSignInLink } from './sign-in-link.ts';
import { addSurveys } from './surveys.ts';
import { addToken } from './token.ts';
import { addWork } from './work.ts';

const { version } = createRequire(import.meta.url)('#package') as { version: string };

/** The command line tool with all its commands. Bad use ends the process with exit code 2. */
export function createProgram(): Command {
  const program = new Command('golden-ear')
    .description(
      'Asks residents how a contact with their municipality went, and shows departments what they said.',
    )
    .version(version)
    .showHelpAfterError('(--help tells how)')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? exitCodes.done : exitCodes.badUse));

  for (const add of [
    addServe,
    addWork,
    addDemo,
    addToken,
    addSignInLink,
    addPeople,
    addContacts,
    addResponses,
    addCells,
    addRelease,
    addReport,
    addAggregates,
    addOpenData,
    addSurveys,
    addLanguages,
    addMail,
    addSending,
    addRetention,
    addMunicipality,
    addDirectory,
    addErase,
    addAudit,
    addBackup,
    addRestore,
    addSecretKey,
  ]) {
    add(program);
  }
  return program;
}
