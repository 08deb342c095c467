import { expect } from 'chai';
import fc from 'fast-check';
import { readDeliveryReport } from '../../../jobs/bounces/delivery-report.ts';
import { bareReport, exchangeReport, outOfOffice, postfixReport } from './reports.ts';

const key = '0123456789abcdef0123456789abcdef';
const messageId = `${key}@luister.example`;

describe('jobs/bounces: a delivery report', () => {
  it('tells of Postfix which mail came back, and why', async () => {
    expect(await readDeliveryReport(postfixReport({ messageId }))).to.deep.equal({
      messageId: `<${messageId}>`,
      action: 'failed',
      status: '5.1.1',
    });
  });

  it('of Exchange, which returns the headers only, folded', async () => {
    expect(await readDeliveryReport(exchangeReport({ messageId }))).to.deep.equal({
      messageId: `<${messageId}>`,
      action: 'failed',
      status: '5.1.10',
    });
  });

  it('of a server that returns nothing, by the address that the report went to', async () => {
    expect(await readDeliveryReport(bareReport({ to: `bounces+${key}@luister.example` }))).to.deep.equal({
      returnKey: key,
      action: 'failed',
      status: '5.0.0',
    });
  });

  it('says when a server is still trying', async () => {
    const delayed = postfixReport({ messageId, action: 'delayed', status: '4.4.1' });
    expect(await readDeliveryReport(delayed)).to.include({ action: 'delayed', status: '4.4.1' });
  });

  it('is not what an out-of-office reply is, nor anything else', async () => {
    expect(await readDeliveryReport(outOfOffice)).to.equal(undefined);
    expect(await readDeliveryReport('')).to.equal(undefined);
    const withoutStatus = postfixReport({ messageId }).replace(/^(Status|Diagnostic-Code):.*\r\n/gm, '');
    expect(await readDeliveryReport(withoutStatus)).to.equal(undefined);
  });

  it('holds no address, whatever the report says', async () => {
    for (const report of [postfixReport({ messageId }), exchangeReport({ messageId })]) {
      expect(JSON.stringify(await readDeliveryReport(report))).not.to.match(/noor|jansen|inwoners/);
    }
  });

  it('is read or refused, never a reason to fail: also when it is cut off or damaged anywhere', async () => {
    const whole = postfixReport({ messageId });
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.nat(40), fc.string(), async (at, length, noise) => {
        await readDeliveryReport(whole.slice(0, at));
        await readDeliveryReport(whole.slice(0, at) + noise + whole.slice(at + length));
      }),
      { numRuns: 200 },
    );
  });
});
