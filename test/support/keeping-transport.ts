import type { Mail, Outcome, Transport } from '../../jobs/transport/index.ts';

/** A transport that keeps what it is given and answers as told. */
export function keepingTransport(answer: (mail: Mail, signal?: AbortSignal) => Outcome | Promise<Outcome>) {
  const mails: Mail[] = [];
  const transport: Transport = {
    async send(mail, signal) {
      mails.push(mail);
      return answer(mail, signal);
    },
    close: async () => {},
  };
  return { mails, transport };
}

export const accept = (): Outcome => ({ kind: 'accepted' });
