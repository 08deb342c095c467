import { dropTestDatabases, onSecondServer } from './mongodb.ts';

/** A server with a process and a network between may take longer than the store in the same process. */
const patience = 5;

/** What mocha does around all tests. */
export const mochaHooks = {
  beforeEach(this: Mocha.Context): void {
    const test = this.currentTest;
    if (onSecondServer && test) test.timeout(test.timeout() * patience);
  },
  afterAll: dropTestDatabases,
};
