import { parse } from 'node-html-parser';
import type { OutboxMail } from '../../jobs/transport/index.ts';

/** How a simulated person answers: 0 is as negative as can be, 1 as positive. */
export interface Person {
  random: () => number;
  mood: number;
  comments: { good: string[]; bad: string[] };
}

/**
 * Does what a resident does: opens the link of the mail, reads the form, fills it in, posts it.
 * Any survey will do, since only the form's own fields are used. Rejects when the page does not thank.
 */
export async function answerMail(mail: OutboxMail, person: Person): Promise<void> {
  const link = surveyLink(mail);
  // The server is in the same process: packing a page for it costs, and gains nothing.
  const page = await fetch(link, { headers: { 'accept-encoding': 'identity' } });
  const fields = fillIn(await page.text(), person);
  const posted = await fetch(link, { method: 'POST', body: fields, redirect: 'manual' });
  if (posted.status !== 303) throw new Error(`A simulated answer was refused with status ${posted.status}`);
}

/** The link to the survey in a mail's plain text. */
export function surveyLink(mail: OutboxMail): string {
  const link = /https?:\/\/\S+\/s\/[\w-]+/.exec(mail.text)?.[0];
  if (!link) throw new Error('The mail holds no link to a survey');
  return link;
}

/** The posted form: hidden fields as they are, one choice for each question, sometimes a comment. */
function fillIn(html: string, person: Person): URLSearchParams {
  const form = parse(html).querySelector('form[method="post"]');
  if (!form) throw new Error('The page holds no form');
  const fields = new URLSearchParams();
  for (const input of form.querySelectorAll('input[type="hidden"]')) {
    fields.set(input.getAttribute('name') ?? '', input.getAttribute('value') ?? '');
  }
  for (const [index, [name, values]] of [...radioGroups(form)].entries()) {
    // A form without any answer is refused, so the first question always gets one.
    fields.set(name, choose(values, person, { mayDecline: index > 0 }));
  }
  for (const input of form.querySelectorAll('input[inputmode="numeric"]')) {
    fields.set(input.getAttribute('name') ?? '', String(Math.round(100 * moodOfTheMoment(person, 0.2))));
  }
  const comment = form.querySelector('textarea')?.getAttribute('name');
  if (comment && person.random() < 0.25) {
    const kind = person.mood > 0.65 ? person.comments.good : person.comments.bad;
    fields.set(comment, kind[Math.floor(person.random() * kind.length)]!);
  }
  return fields;
}

/** Names of the radio groups with their values, from negative to positive, "not applicable" (empty) last. */
function radioGroups(form: ReturnType<typeof parse>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const input of form.querySelectorAll('input[type="radio"]')) {
    const name = input.getAttribute('name') ?? '';
    groups.set(name, [...(groups.get(name) ?? []), input.getAttribute('value') ?? '']);
  }
  return groups;
}

function choose(values: string[], person: Person, { mayDecline }: { mayDecline: boolean }): string {
  const scored = values.filter((value) => value !== '');
  if (mayDecline && person.random() < 0.04 && scored.length < values.length) return '';
  return scored[Math.round(moodOfTheMoment(person, 0.35) * (scored.length - 1))]!;
}

/** Around the person's mood, save for the moments that went quite differently: no service pleases everybody. */
function moodOfTheMoment({ random, mood }: Person, spread: number): number {
  if (random() < 0.15) return random();
  const noise = (random() + random() - 1) * spread;
  return Math.min(1, Math.max(0, mood + noise));
}
