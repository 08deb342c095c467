import { type Plan, type PlanInput, planRelease } from '../disclosure/plan.ts';
import { fromPlainFacts, type PlainFacts, plainFacts } from '../facts.ts';

/** What goes into the thread and comes out: the facts are plain, since copies of many objects take their time too. */
export interface PlainInput extends Omit<PlanInput, 'facts' | 'previous'> {
  facts: PlainFacts;
  previous?: Omit<NonNullable<PlanInput['previous']>, 'facts'> & { facts: PlainFacts };
}

/** As it is kept. */
export interface PlainPlan extends Omit<Plan, 'facts'> {
  facts: PlainFacts;
}

/** What runs in the thread of plan-in-thread.ts. */
export default function planPlain({ facts, previous, ...input }: PlainInput): PlainPlan {
  return plain(
    planRelease({
      ...input,
      facts: fromPlainFacts(facts),
      ...(previous && { previous: { ...previous, facts: fromPlainFacts(previous.facts) } }),
    }),
  );
}

export function plain(plan: Plan): PlainPlan {
  return { ...plan, facts: plainFacts(plan.facts) };
}
