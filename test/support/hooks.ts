import { dropTestDatabases } from './mongodb.ts';

/** What mocha does around all suites. */
export const mochaHooks = { afterAll: dropTestDatabases };
