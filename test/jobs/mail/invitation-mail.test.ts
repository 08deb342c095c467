import { expect } from 'chai';
import { parse } from 'node-html-parser';
import {
  type InvitationText,
  invitationBody,
  mailLanguage,
  mailOf,
  minutesFor,
  renderBody,
  testMail,
} from '../../../jobs/mail/index.ts';
import { defaultMunicipality } from '../../../surveys/municipality/index.ts';

const settings = { baseUrl: 'https://luister.gemeente.example', mailFrom: 'vraag@gemeente.example' };
const token = 'A'.repeat(32);
const optOutUrl = `${settings.baseUrl}/o/OPTOUT`;

function invitation(change: Partial<InvitationText> = {}): InvitationText {
  return {
    kind: 'invitation',
    language: 'nl',
    municipality: defaultMunicipality,
    occasion: { kind: 'contact', department: 'Burgerzaken', channel: 'Balie' },
    minutes: 2,
    answerUrl: `${settings.baseUrl}/s/${token}`,
    optOutUrl,
    genuineUrl: `${settings.baseUrl}/genuine`,
    expiresAt: new Date('2026-04-09T10:00:00Z'),
    ...change,
  };
}

function mail(change: Partial<InvitationText> = {}) {
  const text = invitation(change);
  return mailOf(settings, renderBody(invitationBody(text)), {
    to: 'noor.jansen@inwoner.example',
    municipality: text.municipality,
    messageKey: '4f1c',
    optOutUrl,
  });
}

describe('jobs/mail: the invitation', () => {
  it('says the same in its plain and its HTML part, in Dutch', () => {
    const { subject, text, html } = mail();
    expect(subject).to.equal('Hoe ging uw contact met Gemeente Voorbeeld?');
    const shown = parse(html).querySelector('body')!.text.replaceAll(/\s+/g, ' ');
    const plain = text.replaceAll(/\s+/g, ' ');
    for (const part of [
      'U had kort geleden contact met Gemeente Voorbeeld.',
      'Onderdeel: Burgerzaken',
      'Contact via: Balie',
      'ongeveer 2 minuten',
      'U kunt antwoorden tot 9 april 2026.',
      'You can also answer in English.',
      'Wij vragen nooit om een wachtwoord',
      '14 000',
    ]) {
      expect(shown, 'HTML').to.include(part);
      expect(plain, 'plain').to.include(part);
    }
  });

  it('says it in English to who reads that best', () => {
    const { subject, text, html, headers } = mail({ language: 'en', minutes: 1 });
    expect(subject).to.equal('How was your contact with Gemeente Voorbeeld?');
    expect(text).to.include('about 1 minute.').and.include('until 9 April 2026');
    expect(parse(html).querySelector('html')!.getAttribute('lang')).to.equal('en');
    expect(headers['Content-Language']).to.equal('en');
  });

  it('links to the answer page, the genuine page, the privacy statement and the opt-out, and to nothing else', () => {
    const { text, html } = mail();
    const links = [
      `${settings.baseUrl}/s/${token}`,
      `${settings.baseUrl}/genuine`,
      'https://gemeente.example/privacy',
      optOutUrl,
    ];
    const hrefs = parse(html)
      .querySelectorAll('a')
      .map((link) => link.getAttribute('href'));
    expect([...new Set(hrefs)]).to.have.members(links);
    expect(html).not.to.match(/<img|<link|<script|<style|src=|url\(/);
    for (const link of links) expect(text.split('\n')).to.include(link);
  });

  it('lets a survey that follows no contact explain itself', () => {
    const { subject, text } = mail({
      occasion: {
        kind: 'survey',
        title: 'Quickscan Gouden Oor',
        introduction: 'Hoe goed luistert uw afdeling?',
        department: 'Burgerzaken',
      },
    });
    expect(subject).to.equal('Quickscan Gouden Oor - Gemeente Voorbeeld');
    expect(text)
      .to.include('Hoe goed luistert uw afdeling?')
      .and.not.to.include('contact met Gemeente Voorbeeld. Het');
  });

  it('reminds in other words, of a contact and of a survey, and says that it does so once', () => {
    const contact = mail({ kind: 'reminder' });
    expect(contact.subject).to.equal('Herinnering: hoe ging uw contact met Gemeente Voorbeeld?');
    expect(contact.text.replaceAll(/\s+/g, ' '))
      .to.include('U kunt nog antwoorden.')
      .and.include('de enige herinnering');
    expect(mail({ kind: 'reminder', language: 'en' }).subject).to.match(/^Reminder: how was/);
    const occasion = {
      kind: 'survey',
      title: 'Quickscan',
      introduction: 'Luistert u?',
      department: 'Zorg',
    } as const;
    const survey = mail({ kind: 'reminder', occasion });
    expect(survey.subject).to.equal('Herinnering: Quickscan - Gemeente Voorbeeld');
    expect(survey.text.replaceAll(/\s+/g, ' '))
      .to.include('al eerder over deze vragen')
      .and.include('Luistert u?');
    expect(mail().text).not.to.include('herinnering');
  });

  it('keeps the lines of the plain part short, except for links', () => {
    const long = mail({
      occasion: {
        kind: 'contact',
        department: 'Werk, inkomen, schulden en ondersteuning bij het vinden van een woning',
        channel: 'Balie',
      },
    });
    for (const line of long.text.split('\n'))
      if (!line.startsWith('https://')) expect(line.length).to.be.at.most(72);
  });

  it('can be stopped with one click, gets no out-of-office reply, and carries nothing that tracks', () => {
    const { headers, messageId, from, replyTo } = mail();
    expect(headers).to.deep.equal({
      'Auto-Submitted': 'auto-generated',
      'Content-Language': 'nl',
      'List-Unsubscribe': `<${optOutUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    expect(messageId).to.equal('4f1c@gemeente.example');
    expect(from).to.deep.equal({ name: 'Gemeente Voorbeeld', address: 'vraag@gemeente.example' });
    expect(replyTo).to.equal('contact@gemeente.example');
  });

  it('comes back to an address of its own, where one is set for that', () => {
    const set = { ...settings, bounceAddress: 'retour@luister.example' };
    const text = invitation();
    const envelope = { to: 'a@b.example', municipality: text.municipality, messageKey: '4f1c' };
    const body = renderBody(invitationBody(text));
    expect(mailOf(set, body, envelope)).to.include({ returnPath: 'retour+4f1c@luister.example' });
    expect(mailOf(settings, body, envelope)).not.to.have.property('returnPath');
  });

  it('holds nothing of the person: the address is only where the mail goes', () => {
    const { text, html, subject, headers } = mail();
    expect(`${text}${html}${subject}${JSON.stringify(headers)}`).not.to.match(/noor|jansen/i);
  });

  it('shows names as they are, without letting them become markup, lines or headers', () => {
    const names = {
      kind: 'contact',
      department: '<b>Zorg & "Thuis"</b>\r\n\r\nBel 0900',
      channel: 'Balie\u2028\u202ex',
    } as const;
    const municipality = { ...defaultMunicipality, name: 'X\r\nBcc: a@b.example', senderName: 'Y\nZ' };
    const { text, html, subject, from } = mail({ occasion: names, municipality });
    expect(text).to.include('Onderdeel: <b>Zorg & "Thuis"</b> Bel 0900\nContact via: Balie x\n');
    expect(html).to.include('&lt;b>Zorg &amp; &quot;Thuis&quot;&lt;/b> Bel 0900');
    expect(subject).to.equal('Hoe ging uw contact met X Bcc: a@b.example?');
    expect(from.name).to.equal('Y Z');
  });

  it('knows Dutch and English, and takes Dutch for all else', () => {
    expect(
      ['nl', 'en', 'en-GB', 'tr', 'enm', undefined].map((language) => mailLanguage(language)),
    ).to.deep.equal(['nl', 'en', 'en', 'nl', 'nl', 'nl']);
  });

  it('promises whole minutes by the number of questions', () => {
    expect([0, 1, 5, 6, 10, 37].map(minutesFor)).to.deep.equal([1, 1, 1, 2, 2, 8]);
  });
});

describe('jobs/mail: the test mail', () => {
  it('says that sending works, and is a new mail each time', () => {
    const request = {
      to: 'beheer@gemeente.example',
      municipality: defaultMunicipality,
      language: 'nl',
    } as const;
    const [first, second] = [testMail(settings, request), testMail(settings, request)];
    expect(first.subject).to.equal('Testbericht van Gemeente Voorbeeld');
    expect(first.text).to.include('U hoeft niets te doen.');
    expect(first.headers).not.to.have.property('List-Unsubscribe');
    expect(first.messageId).not.to.equal(second.messageId);
  });
});
