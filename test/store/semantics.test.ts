import { expect } from 'chai';
import { useCollections } from './collections.ts';
import type { Case, Difference } from './semantics/case.ts';
import { subjects } from './semantics/index.ts';
import { exactly, type Performed, perform } from './semantics/perform.ts';

describe('a store answers as MongoDB does, but for the differences that are known,', () => {
  const store = useCollections();

  for (const { subject, cases } of subjects) {
    describe(`in ${subject}:`, () => {
      for (const one of cases) {
        it(one.name, async () => {
          const performed = await perform(store.fresh(), one);
          const difference = store.kind === 'mongodb' ? undefined : one[store.kind];
          if (difference && 'refuses' in difference) expectRefusal(performed, one, difference);
          else expect(exactly(performed.outcome)).to.equal(exactly(difference?.gives ?? one.expected));
        });
      }
    });
  }
});

/** Refused with an error that names what is refused, and nothing changed. */
function expectRefusal(
  { outcome, message }: Performed,
  { documents = [] }: Case,
  { refuses }: Extract<Difference, { refuses: string }>,
): void {
  expect(outcome).to.have.property('error').that.is.a('number');
  expect(message).to.contain(refuses);
  const { after = documents } = outcome as { after?: unknown };
  expect(exactly(after)).to.equal(exactly(documents));
}
