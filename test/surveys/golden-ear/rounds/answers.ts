import type { Answers } from '../../../../surveys/definitions/index.ts';
import {
  issueTicket,
  readTicket,
  type SharedLink,
  submitSharedAnswers,
} from '../../../../surveys/shared-links/index.ts';
import type { testContext } from '../../../support/context.ts';

/** Random answers to the quickscan: each statement is left out now and then. */
export function randomScan(random: () => number, skip = 0.1): Answers {
  const answers: Answers = {};
  for (let question = 1; question <= 36; question += 1) {
    if (random() >= skip) answers[`q${question}`] = Math.floor(random() * 4);
  }
  if (random() >= skip || Object.keys(answers).length === 0) answers.estimate = Math.floor(random() * 101);
  return answers;
}

/** Fills in the form of a link, as people do: one after the other. */
export async function answerLink(
  ctx: ReturnType<typeof testContext>,
  link: SharedLink,
  scans: readonly object[],
): Promise<void> {
  for (const scan of scans) {
    const ticket = readTicket(ctx, link, issueTicket(ctx, link))!;
    ctx.clock.advance(10_000);
    await submitSharedAnswers(ctx, link, scan, { token: ticket.token, ticket, rush: false });
  }
}
