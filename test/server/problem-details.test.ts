import { expect } from 'chai';
import { problemDetails, toProblem } from '../../server/problem-details.ts';
import { problem } from '../../surveys/problems.ts';

describe('A problem', () => {
  it('has a stable code, a status, a sentence, and every fault', () => {
    const faults = [{ pointer: '/department', code: 'pattern', detail: 'must be a kebab-case key' }];
    expect(problemDetails(problem('invalidBody', { faults }))).to.deep.equal({
      type: 'urn:golden-ear:problem:invalidBody',
      title: 'The body does not fit its schema.',
      status: 400,
      detail: 'The body does not fit its schema.',
      code: 'invalidBody',
      errors: faults,
    });
  });

  it('hides what is our own fault', () => {
    const details = problemDetails(toProblem(new Error('password of the store is hunter2')));
    expect(details).to.include({ status: 500, code: 'internal' });
    expect(JSON.stringify(details)).not.to.include('hunter2');
  });

  it('says that the store is away, so that callers come back', () => {
    const away = Object.assign(new Error('connect ECONNREFUSED'), { name: 'MongoServerSelectionError' });
    expect(toProblem(away)).to.include({ status: 503, code: 'unavailable' });
  });
});
