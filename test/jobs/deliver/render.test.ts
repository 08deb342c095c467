import { expect } from 'chai';
import { createRenderer } from '../../../jobs/deliver/render.ts';
import { invitationBody, mailLanguage, renderBody } from '../../../jobs/mail/index.ts';
import type { ClaimedInvitation } from '../../../surveys/invitations/index.ts';
import { defaultMunicipality } from '../../../surveys/municipality/index.ts';

const settings = { baseUrl: 'https://luister.gemeente.example/a&b', mailFrom: 'vraag@gemeente.example' };

function claim(change: Partial<ClaimedInvitation> = {}): ClaimedInvitation {
  return {
    id: 'i',
    kind: 'invitation',
    lease: 'l',
    attempts: 1,
    survey: 'customer-journey',
    version: 1,
    department: 'burgerzaken',
    channel: 'counter',
    language: 'nl',
    expiresAt: new Date('2026-04-09T10:00:00Z'),
    address: 'noor@inwoners.example',
    addressHash: 'h',
    token: 'T'.repeat(32),
    optOutToken: 'O'.repeat(80),
    messageId: '4f1c',
    ...change,
  };
}

const words = ({ department, channel, language }: ClaimedInvitation) => ({
  language: mailLanguage(language),
  municipality: defaultMunicipality,
  occasion: { kind: 'contact', department, channel } as const,
  minutes: 2,
});

describe('jobs/deliver: rendering a run of mails', () => {
  it('gives each invitation what it would get by itself', async () => {
    const render = createRenderer(settings, async (invitation) => words(invitation));
    const claims = [
      claim(),
      claim({ token: 'U'.repeat(32), optOutToken: 'P'.repeat(80) }),
      claim({ department: 'parkeren' }),
      claim({ channel: 'phone' }),
      claim({ kind: 'reminder' }),
      claim({ language: 'en' }),
      claim({ language: 'tr' }),
      claim({ expiresAt: new Date('2026-04-10T10:00:00Z') }),
    ];
    for (const one of claims) {
      const alone = renderBody(
        invitationBody({
          ...words(one),
          kind: one.kind,
          answerUrl: `${settings.baseUrl}/s/${one.token}`,
          optOutUrl: `${settings.baseUrl}/o/${one.optOutToken}`,
          genuineUrl: `${settings.baseUrl}/genuine`,
          expiresAt: one.expiresAt,
        }),
      );
      const mail = await render(one);
      expect(mail.text).to.equal(alone.text);
      expect(mail.html).to.equal(alone.html);
      expect(mail.subject).to.equal(alone.subject);
      expect(mail.headers['List-Unsubscribe']).to.equal(`<${settings.baseUrl}/o/${one.optOutToken}>`);
    }
  });

  it('tells in one sentence what was done about the product, to who had contact about it', async () => {
    const told = 'Wij zijn nu ook op donderdagavond open.';
    const render = createRenderer(settings, async (invitation) => ({
      ...words(invitation),
      told: invitation.product === 'paspoort' ? told : undefined,
    }));
    const [about, other] = [await render(claim({ product: 'paspoort' })), await render(claim())];
    expect(about.text.replaceAll(/\s+/g, ' ')).to.include(told);
    expect(about.text).to.include(`${settings.baseUrl}/you-said-we-did/paspoort?lang=nl`);
    expect(other.text).not.to.include('you-said-we-did');
  });
});
