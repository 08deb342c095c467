import type { Mail } from '../../../jobs/transport/index.ts';

export function exampleMail(change: Partial<Mail> = {}): Mail {
  return {
    messageId: '4f1c@gemeente.example',
    from: { name: 'Gemeente Voorbeeld', address: 'vraag@gemeente.example' },
    to: 'noor@inwoner.example',
    subject: 'Hoe ging het?',
    text: 'Dag.',
    html: '<p>Dag.</p>',
    headers: { 'Auto-Submitted': 'auto-generated' },
    ...change,
  };
}
