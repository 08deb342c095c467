import { systemClock } from '../surveys/clock.ts';
import { setSendingPaused } from '../surveys/invitations/index.ts';
import { deriveKeys } from '../surveys/keys.ts';
import { audit, operatorName } from './audit/index.ts';
import type { Config } from './config.ts';
import './models.ts';
import { secretKeyOf } from './secret-key.ts';
import { openStoreConnection } from './store-connection.ts';
import { acceptKey } from './store-key.ts';

/** Makes the key of these settings that of their store. Stops all mail first: whoever opted out before would get it. */
export async function acceptKeyOf(config: Config): Promise<void> {
  const store = await openStoreConnection(config);
  try {
    const keys = deriveKeys(config.secretKey ?? secretKeyOf(config.dataDir));
    await setSendingPaused(true);
    await audit({ clock: systemClock, keys }, { who: operatorName, what: 'secretKey.accepted' });
    await acceptKey(keys);
  } finally {
    await store.close();
  }
}
