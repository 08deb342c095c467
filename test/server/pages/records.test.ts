import { expect } from 'chai';
import { auditPage } from '../../../server/audit/index.ts';
import { listGrants } from '../../../surveys/unit-records/index.ts';
import { usePages } from '../../support/pages.ts';
import { signedInAs } from '../../support/staff.ts';

describe('Grants for single answers', () => {
  const pages = usePages();

  /** Fields that fit the day of the test. */
  function wish(): Record<string, string> {
    const now = pages.ctx.clock.now();
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 15))
      .toISOString()
      .slice(0, 7);
    return {
      survey: 'customer-journey',
      from: month,
      to: month,
      recipient: 'Team onderzoek',
      purpose: 'Onderzoek naar wachttijd',
      endDate: new Date(now.getTime() + 5 * 86_400_000).toISOString().slice(0, 10),
    };
  }

  it('are given and ended by the privacy officer, and both are written down', async () => {
    const officer = await signedInAs(pages, 'privacy-officer');
    const given = await officer.post('/records?lang=en', wish(), '/records');
    expect(given.status).to.equal(303);
    const [grant] = await listGrants();
    const shown = await officer.get('/records?lang=en&given=yes');
    expect(shown.text).to.include(grant!._id).and.include('The grant is given').and.include('Team onderzoek');
    const ended = await officer.post(`/records/${grant!._id}/end?lang=en`, {}, '/records');
    expect(ended.status).to.equal(303);
    expect((await listGrants())[0]).to.have.property('endedAt');
    const written = (await auditPage(undefined, 5)).map(({ what, on }) => `${what} ${on}`);
    expect(written)
      .to.include(`records.granted ${grant!._id}`)
      .and.include(`records.grantEnded ${grant!._id}`);
  });

  it('say all that is wrong with a form, and keep what was typed', async () => {
    const officer = await signedInAs(pages, 'privacy-officer');
    const refused = await officer.post(
      '/records?lang=en',
      { ...wish(), purpose: '', to: '2999-01' },
      '/records',
    );
    expect(refused.status).to.equal(400);
    expect(refused.text)
      .to.include('What for: fill in')
      .and.include('Last month: fill in')
      .and.include('2999-01');
    expect(await listGrants()).to.deep.equal([]);
  });

  it('are not for an analyst', async () => {
    const analyst = await signedInAs(pages, 'analyst');
    expect((await analyst.get('/records')).status).to.equal(403);
  });
});
