import { type Plan, type PlanInput, type PreviousPlan, planRelease } from '../disclosure/plan.ts';
import { fromPlainFacts, type PlainFacts, plainFacts } from '../facts.ts';

/** The facts that go into the thread and come out are plain: copies of many objects would take their time too. */
export interface PlainInput extends Omit<PlanInput, 'facts' | 'previous'> {
  facts: PlainFacts;
  previous?: PlainPrevious;
}

export interface PlainPrevious extends Omit<PreviousPlan, 'facts'> {
  facts: PlainFacts;
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
