import { createRequire } from 'node:module';

/** What is known of numbers: how long they are (`min`), which are of mobile phones (`mobile`), or every kind (`max`). */
interface Plans {
  min: typeof import('libphonenumber-js/min');
  mobile: typeof import('libphonenumber-js/mobile');
  max: typeof import('libphonenumber-js/max');
}

const require = createRequire(import.meta.url);

/**
 * The numbering plans of the world, read at the first number that is looked at: they are more than a hundred files, and
 * most commands see no number.
 */
export function numberingPlans<D extends keyof Plans>(detail: D): Plans[D] {
  return require(`libphonenumber-js/${detail}`);
}
