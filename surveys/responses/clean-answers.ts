import type { Answers, PublishedSurvey } from '../definitions/index.ts';
import { redact } from './redaction.ts';

/**
 * Controls except the line break, and invisible characters, which would hide a number from redaction. Joiners stay
 * where scripts and emoji need them: away from Latin letters and digits.
 */
const invisible =
  /(?!\n)\p{Cc}|[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]|(?<=[\w@.-])[\u200c\u200d]|[\u200c\u200d](?=[\w@.-])/gu;

/**
 * Answers as they are checked: an empty text is no answer. Only own properties count, so that a `__proto__` in the
 * input stays an ordinary key, and is refused as one.
 */
export function withoutEmpty(answers: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(answers).filter(([, answer]) => typeof answer !== 'string' || answer.trim() !== ''),
  );
}

/** Valid answers as they are stored: free texts in plain characters, without personal data. Markup stays mere text. */
export function cleanAnswers(survey: PublishedSurvey, answers: Answers): Answers {
  const texts = new Set(survey.questions.filter(({ scale }) => scale.kind === 'text').map(({ key }) => key));
  return Object.fromEntries(
    Object.entries(answers).map(([key, answer]) => [
      key,
      typeof answer === 'string' && texts.has(key) ? redact(plainText(answer)) : answer,
    ]),
  );
}

function plainText(text: string): string {
  const lines = text
    .normalize('NFC')
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replaceAll('\t', ' ');
  return lines.replace(invisible, '').trim();
}
