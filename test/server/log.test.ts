import { expect } from 'chai';
import { describeError } from '../../server/log.ts';

describe('An error in the log', () => {
  it('says what it is and where it came from, and repeats no value that it met', () => {
    const thrown = new SyntaxError('Unexpected token in {"email":"iemand@example.org"}', {
      cause: new Error('E11000 duplicate key iemand@example.org'),
    });
    const described = describeError(thrown);
    expect(described).to.include({ name: 'SyntaxError' });
    expect(described.stack).to.be.an('array').that.is.not.empty;
    expect(JSON.stringify(described)).not.to.include('iemand');
  });

  it('may be anything that was thrown', () => {
    expect(describeError('iemand@example.org')).to.deep.equal({ name: 'string' });
  });
});
