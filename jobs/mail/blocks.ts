import type { MailLanguage } from './language.ts';

/** What a mail says, once; html.tsx and text.ts each give it a form. */
export type Block =
  | { kind: 'heading'; text: string }
  /** `language` where the text is not in the mail's own. */
  | { kind: 'text'; text: string; language?: MailLanguage }
  | { kind: 'facts'; facts: { label: string; value: string }[] }
  /** The one thing to do. `copy` leads to the written-out address where the action is a button. */
  | { kind: 'action'; label: string; copy: string; url: string }
  | { kind: 'link'; text: string; url: string }
  | { kind: 'contact'; text: string; lines: string[] }
  | { kind: 'rule' };

export interface MailBody {
  language: MailLanguage;
  subject: string;
  blocks: Block[];
}
