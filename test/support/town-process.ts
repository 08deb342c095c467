import { loadConfig } from '../../server/config.ts';
import { startService } from '../../server/start.ts';
import { startWorker } from '../../server/work.ts';
import { fixedClock } from '../../surveys/clock.ts';

/**
 * A process of an installation whose clock is set by the one that forked it: `web` or `work`, and the first instant, as
 * arguments. Each message is another instant, and is answered when the clock stands there.
 */
const [, , role, first = ''] = process.argv;
const clock = fixedClock(first);
const config = loadConfig(process.env);
const running =
  role === 'web' ? await startService(config, { jobs: false, clock }) : await startWorker(config, { clock });
process.on('message', (to) => {
  clock.set(String(to));
  process.send?.('set');
});
process.once('disconnect', () => void running.close());
process.send?.('url' in running ? running.url : '');
