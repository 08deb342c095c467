import { expect } from 'chai';
import { recordContacts } from '../../../surveys/contacts/index.ts';
import { publishCatalogue } from '../../../surveys/definitions/index.ts';
import { claimDue, InvitationModel, recordSent } from '../../../surveys/invitations/index.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';

const requestId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

describe('The request of an invitation', () => {
  useStore();

  it('is known to whoever sends its mail, and the invitation forgets it with that', async () => {
    const ctx = testContext();
    await publishCatalogue(ctx);
    const contact = {
      source: 'kcc',
      id: '1',
      occurredAt: '2026-03-09T10:00:00Z',
      department: 'burgerzaken',
      channel: 'counter',
      recipient: { email: 'iemand@inwoners.example' },
    };
    await recordContacts({ ...ctx, requestId }, [contact]);
    ctx.clock.set('2026-03-11T10:00:00Z');
    const [claim] = await claimDue(ctx, 'worker', { limit: 1, leaseMs: 60_000 });
    expect(claim).to.include({ requestId });
    expect(await recordSent(claim!)).to.equal(true);
    const [stored] = await InvitationModel.find().lean();
    expect(stored).to.include({ state: 'sent' }).and.not.have.property('requestId');
  });
});
