import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBuiltService } from './support/built-service.ts';
import { report } from './support/report.ts';

/** Resident memory of `npm start`'s process (compiled JavaScript, embedded store) after half a minute of doing nothing. */
const idleMs = 30_000;
const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-bench-'));
const service = await startBuiltService({ DATA_DIR: dataDir, LOG_LEVEL: 'error' });
await new Promise((resolve) => setTimeout(resolve, idleMs));
const kilobytes = Number(
  /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${service.pid}/status`, 'utf8'))?.[1],
);
report('idle memory', 'MB', kilobytes / 1024, 150);
await service.stop();
rmSync(dataDir, { recursive: true, force: true });
