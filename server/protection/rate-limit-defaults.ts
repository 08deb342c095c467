import { mostPerMinute } from '../../surveys/shared-links/most-per-minute.ts';

const minute = 60_000;

/** What is counted: by whom, how many by default, in how many milliseconds. */
export const rateLimitDefaults = {
  /** Requests of a network address for what needs no link or key. */
  visitor: { most: 1_200, windowMs: minute },
  /** Requests with an API key. */
  key: { most: 1_200, windowMs: minute },
  /** Requests with a resident's link that is one of ours. */
  link: { most: 60, windowMs: minute },
  /** Requests of a network address with one shared link: a whole office may sit behind one address. */
  sharedLink: { most: 300, windowMs: minute },
  /** Answers through one shared link; those beyond are not refused, but left out of the counts. */
  sharedAnswers: { most: mostPerMinute, windowMs: minute },
  /** Links and keys of a network address that are not ours. */
  guess: { most: 60, windowMs: 5 * minute },
  /** Mails that a network address asks for: links to sign in, questions whether to send news. */
  signIn: { most: 60, windowMs: 15 * minute },
} as const;

export type RateLimitName = keyof typeof rateLimitDefaults;
