/** What runs in the thread of plan-in-thread.ts. */
export { planRelease as default } from '../disclosure/plan.ts';
