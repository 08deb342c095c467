import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { acceptKeyOf } from '../../server/accept-key.ts';
import { auditPage } from '../../server/audit/index.ts';
import { createProgram } from '../../server/cli/program.ts';
import { BadUse } from '../../server/cli/run.ts';
import { loadConfig } from '../../server/config.ts';
import { openInstallation } from '../../server/installation.ts';
import { acceptKey, refuseOtherKey } from '../../server/store-key.ts';
import { sendingPaused } from '../../surveys/invitations/index.ts';
import { deriveKeys } from '../../surveys/keys.ts';
import { storeSettings } from '../support/mongodb.ts';
import { useStore } from '../support/store.ts';

const own = deriveKeys('the key that the store was filled with');
const other = deriveKeys('another one, of the same installation');
const refused = async (opening: Promise<unknown>) =>
  expect(await opening.catch((error: unknown) => error))
    .to.be.instanceOf(Error)
    .with.property('message')
    .that.includes('another SECRET_KEY');

describe('The key of a store', () => {
  describe('in the store', () => {
    useStore();

    it('is the first that opens it, and no other after that', async () => {
      await refuseOtherKey(own);
      await refuseOtherKey(own);
      await refused(refuseOtherKey(other));
      await refuseOtherKey(own);
    });

    it('is one, also when two come first at the same moment', async () => {
      const outcomes = await Promise.allSettled([own, other, own, other].map(refuseOtherKey));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(2);
    });

    it('is another when an operator says so', async () => {
      await refuseOtherKey(own);
      await acceptKey(other);
      await refuseOtherKey(other);
      await refused(refuseOtherKey(own));
    });
  });

  describe('of an installation', () => {
    const DATA_DIR = mkdtempSync(join(tmpdir(), 'golden-ear-other-key-'));
    const settings = (key: string) =>
      loadConfig({ SECRET_KEY: key.repeat(32), LOG_LEVEL: 'silent', ...storeSettings(DATA_DIR) });
    const open = (key: string) => openInstallation(settings(key));
    after(() => rmSync(DATA_DIR, { recursive: true, force: true }));

    it('lets nothing work with another one, until that is accepted, which pauses mail', async () => {
      await (await open('a')).close();
      await refused(open('b'));
      const unasked = createProgram().parseAsync(['secret-key', 'accept'], { from: 'user' });
      expect(await unasked.catch((error: unknown) => error)).to.be.instanceOf(BadUse);
      await refused(open('b'));
      await acceptKeyOf(settings('b'));
      const { close } = await open('b');
      try {
        expect(await sendingPaused()).to.equal(true);
        expect((await auditPage(undefined, 1)).map(({ who, what }) => [who, what])).to.deep.equal([
          ['operator', 'secretKey.accepted'],
        ]);
      } finally {
        await close();
      }
      await refused(open('a'));
    });
  });
});
