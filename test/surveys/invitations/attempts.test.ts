import { expect } from 'chai';
import fc from 'fast-check';
import { maximumAttempts, retryDelay } from '../../../surveys/invitations/attempts.ts';

const minutes = (attempts: number) => retryDelay(attempts, 0) / 60_000;

describe('the delay before a retry', () => {
  it('doubles from five minutes to eight hours', () => {
    expect([1, 2, 3, 7, 8, maximumAttempts].map(minutes)).to.deep.equal([5, 10, 20, 320, 480, 480]);
  });

  it('is spread by chance over its upper half', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: maximumAttempts }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempts, random) => {
          const longest = retryDelay(attempts, 0);
          expect(retryDelay(attempts, random)).to.be.within(longest / 2, longest);
        },
      ),
    );
  });
});
