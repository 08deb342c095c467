import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { takeKlantcontacten } from '../../../jobs/open-klant/index.ts';
import { contactStatus } from '../../../surveys/contacts/index.ts';
import { PendingKlantcontactModel } from '../../../surveys/contacts/open-klant/index.ts';
import type { Context } from '../../../surveys/context.ts';
import { InvitationModel } from '../../../surveys/invitations/index.ts';
import { type ApiUnderTest, startApi } from '../../support/api.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';
import { publishCustomerJourney } from '../../surveys/contacts/contact-events.ts';
import { assertPublished, klantcontact, startOpenKlant } from './open-klant-server.ts';

describe('klantcontacten of Open Klant', () => {
  useStore();
  let api: ApiUnderTest;
  let openKlant: Awaited<ReturnType<typeof startOpenKlant>>;
  const token = 'a-token-for-tests';
  /** The same installation twenty minutes later, when what was told is due. */
  const later = testContext('2026-03-10T09:20:00Z');

  before(async () => {
    openKlant = await startOpenKlant(token);
    api = await startApi(testContext(), { OPEN_KLANT_URL: openKlant.url, OPEN_KLANT_TOKEN: token });
  });
  after(async () => {
    await api.close();
    await openKlant.close();
  });
  beforeEach(() => {
    openKlant.setAway(false);
    return publishCustomerJourney(later);
  });

  const settings = () => ({
    url: openKlant.url,
    token,
    channels: new Map([['Telefoon', 'phone']]),
    departments: new Map(),
  });
  const take = (ctx: Context = later) => takeKlantcontacten(ctx, settings());
  const status = (uuid: string) => contactStatus(later, 'open-klant', uuid);

  function message(uuid: string, actie = 'create', changes: object = {}) {
    const url = `${openKlant.url}/klantcontacten/${uuid}`;
    const told = {
      kanaal: 'klantcontacten',
      hoofdObject: url,
      resource: 'klantcontact',
      resourceUrl: url,
      actie,
      aanmaakdatum: '2026-03-10T09:00:00Z',
      kenmerken: {},
      ...changes,
    };
    assertPublished('Message', told);
    return told;
  }
  const tell = (body: object, options: { token?: string | null } = {}) =>
    api.call('POST', '/v1/notifications', { body, ...options });

  function there(wanted: Partial<Parameters<typeof klantcontact>[1]> = {}): string {
    const uuid = randomUUID();
    openKlant.resources.set(uuid, klantcontact(openKlant.url, { uuid, ...wanted }));
    return uuid;
  }

  it('answers 204, fetches the klantcontact some minutes later, and invites, once however often it is told', async () => {
    const uuid = there();
    for (const actie of ['create', 'create', 'partial_update'])
      expect((await tell(message(uuid, actie))).status).to.equal(204);
    expect(await take(testContext())).to.equal(0);
    expect(await take()).to.equal(1);
    expect(await status(uuid)).to.include({ decision: 'invited' });
    const invitation = await InvitationModel.findOne().lean();
    expect(invitation).to.include({ department: 'sociaal-domein', channel: 'phone', language: 'nl' });
    expect(await PendingKlantcontactModel.countDocuments()).to.equal(0);
    await tell(message(uuid, 'update'));
    await take(testContext('2026-03-10T10:00:00Z'));
    expect(await InvitationModel.countDocuments()).to.equal(1);
  });

  it('skips a confidential one, and cancels what was planned for one that became so', async () => {
    const secret = there({ vertrouwelijk: true });
    await tell(message(secret));
    await take();
    expect(await status(secret)).to.include({ decision: 'skipped', reason: 'confidential' });
    expect(await InvitationModel.countDocuments()).to.equal(0);

    const uuid = there({ email: 'ander@voorbeeld.example' });
    await tell(message(uuid));
    await take();
    openKlant.resources.set(uuid, klantcontact(openKlant.url, { uuid, vertrouwelijk: true }));
    await tell(message(uuid, 'update'));
    await take(testContext('2026-03-10T10:00:00Z'));
    expect(await status(uuid)).to.equal(undefined);
    expect(await InvitationModel.findOne().lean()).to.include({ state: 'cancelled' });
  });

  it('cancels on destroy, whatever the order, and lets nothing come back of what was erased', async () => {
    const planned = there();
    await tell(message(planned));
    await take();
    await tell(message(planned, 'destroy'));
    await take();
    expect(await InvitationModel.findOne().lean()).to.include({ state: 'cancelled' });

    const before = there({ email: 'ander@voorbeeld.example' });
    await tell(message(before, 'destroy'));
    await tell(message(before, 'create'));
    await take();
    expect(await status(before)).to.equal(undefined);

    await tell(message(planned, 'create'));
    await take();
    await tell(message(planned, 'destroy'));
    await take();
    expect(await status(planned)).to.equal(undefined);
    expect(await InvitationModel.countDocuments()).to.equal(1);
  });

  it('lets nothing come back of a contact that was erased here, and takes a change that comes before the making', async () => {
    const erased = there();
    await tell(message(erased));
    await take();
    const path = `/v1/contacts/open-klant/${erased}`;
    expect((await api.call('DELETE', path)).status).to.equal(204);
    for (const actie of ['update', 'create']) await tell(message(erased, actie));
    await take(testContext('2026-03-10T10:00:00Z'));
    expect(await status(erased)).to.equal(undefined);
    expect(await InvitationModel.find().lean()).to.have.length(1);
    expect(await InvitationModel.findOne().lean()).to.include({ state: 'cancelled' });

    const early = there({ email: 'ander@voorbeeld.example' });
    for (const actie of ['update', 'create']) await tell(message(early, actie));
    await take(testContext('2026-03-10T10:20:00Z'));
    expect(await status(early)).to.include({ decision: 'invited' });
    expect(await InvitationModel.countDocuments()).to.equal(2);
  });

  it('takes the phone number of who gave no e-mail address, where text messages are sent', async () => {
    const [off, on] = [there({ phone: '0612345678' }), there({ phone: '0687654321' })];
    await tell(message(off));
    await take();
    expect(await status(off)).to.include({ decision: 'skipped', reason: 'noAddress' });
    await tell(message(on));
    await take({ ...later, textMessages: true });
    expect(await status(on)).to.include({ decision: 'invited' });
  });

  it('waits while Open Klant is away, and loses nothing', async () => {
    const uuid = there();
    await tell(message(uuid));
    openKlant.setAway(true);
    await take();
    expect(await status(uuid)).to.equal(undefined);
    openKlant.setAway(false);
    await take(testContext('2026-03-10T11:00:00Z'));
    expect(await status(uuid)).to.include({ decision: 'invited' });
  });

  it('takes messages only from who has a key', async () => {
    for (const token of [null, 'ge_wrong', await api.tokenWith('bounces:write')]) {
      const { status } = await tell(message(there()), { token });
      expect(status).to.be.oneOf([401, 403]);
    }
    expect(await PendingKlantcontactModel.countDocuments()).to.equal(0);
  });

  it('leaves other channels alone, and refuses an address elsewhere and what is no message', async () => {
    const test = { kanaal: 'test', resource: 'test', resourceUrl: 'https://some.example/', actie: 'test' };
    expect((await tell(message(randomUUID(), 'create', test))).status).to.equal(204);
    const elsewhere = { resourceUrl: `https://evil.example/klantcontacten/${randomUUID()}` };
    expect((await tell(message(randomUUID(), 'create', elsewhere))).status).to.equal(400);
    const upwards = { resourceUrl: `${openKlant.url}/klantcontacten/../actoren/${randomUUID()}` };
    expect((await tell(message(randomUUID(), 'create', upwards))).status).to.equal(400);
    expect((await tell({ kanaal: 'klantcontacten' })).status).to.equal(400);
    expect(await PendingKlantcontactModel.countDocuments()).to.equal(0);
  });

  it('needs an organisational unit, and takes a channel that the table lacks under a key of its own', async () => {
    const nobody = there({ unit: null });
    const app = there({ kanaal: 'Gemeente App' });
    await tell(message(nobody));
    await tell(message(app));
    await take();
    expect(await status(nobody)).to.equal(undefined);
    expect((await InvitationModel.findOne().lean())?.channel).to.equal('gemeente-app');
  });
});
