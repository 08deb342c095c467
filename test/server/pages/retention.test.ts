import { expect } from 'chai';
import { auditPage } from '../../../server/audit/index.ts';
import { getRetention } from '../../../surveys/retention/index.ts';
import { usePages } from '../../support/pages.ts';
import { signedInAs } from '../../support/staff.ts';

describe('The page of retention', () => {
  const pages = usePages();
  const typed = { responseMonths: '36', invitationMonths: '2', contactMonths: '12', outboxDays: '14' };

  it('shows and changes how long data are kept, which is written down', async () => {
    const officer = await signedInAs(pages, 'privacy-officer');
    expect((await officer.get('/retention')).text).to.include('value="24"');
    const answer = await officer.post('/retention', typed);
    expect(answer.headers.get('location')).to.equal('/retention?lang=nl&kept=yes');
    expect(await getRetention()).to.include({ responseMonths: 36, outboxDays: 14 });
    expect((await auditPage(undefined, 1))[0]?.what).to.equal('retention.changed');
  });

  it('refuses what is no number or out of range, says which, and keeps what was typed', async () => {
    const officer = await signedInAs(pages, 'privacy-officer');
    const answer = await officer.post('/retention?lang=en', {
      ...typed,
      responseMonths: 'long',
      outboxDays: '0',
    });
    expect(answer.status).to.equal(400);
    expect(answer.text).to.include('Answers: enter').and.include('Mails: enter').and.include('value="long"');
    expect(answer.text).not.to.include('Invitations: enter');
    expect(await getRetention()).to.include({ responseMonths: 24 });
  });

  it('is the privacy officer’s alone', async () => {
    const administrator = await signedInAs(pages, 'administrator');
    expect((await administrator.post('/retention', typed)).status).to.equal(403);
  });
});
