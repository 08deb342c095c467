import { expect } from 'chai';
import {
  from,
  invitationStates,
  type TransitionName,
  to,
  transitions,
} from '../../../surveys/invitations/states.ts';

const names = Object.keys(transitions) as TransitionName[];

describe('the states of an invitation', () => {
  it('can all be reached from "planned"', () => {
    const reached = new Set<string>(['planned']);
    for (let before = 0; before < reached.size; ) {
      before = reached.size;
      for (const name of names) {
        if (transitions[name].from.some((state) => reached.has(state))) reached.add(transitions[name].to);
      }
    }
    expect([...reached]).to.have.members([...invitationStates]);
  });

  it('never lead from an end back to sending: who answered, refused or was cancelled gets no mail', () => {
    for (const name of ['claim', 'retry', 'accept', 'claimReminder', 'retryReminder'] as const) {
      const before = transitions[name].from as readonly string[];
      expect(before).not.to.include.members(['answered']);
      for (const ended of ['withdrawn', 'expired', 'cancelled', 'optedOut', 'bounced', 'failed']) {
        expect(before).not.to.include(ended);
      }
    }
  });

  it('erase the address once no mail can follow', () => {
    const erasing = names.filter((name) => 'address' in (to(name, {}).$unset ?? {}));
    const ends = ['bounce', 'fail', 'answer', 'withdraw', 'expire', 'cancel', 'optOut'];
    const last = ['accept', 'acceptReminder', 'retryReminder', 'dropReminder'];
    expect(erasing).to.have.members([...ends, ...last]);
    const reminded = names.filter((name) => 'address' in (to(name, { nextAt: new Date(0) }).$unset ?? {}));
    expect(reminded).to.deep.equal([]);
    const untraceable = names.filter((name) => 'addressHash' in (to(name, {}).$unset ?? {}));
    expect(untraceable, 'a mail that was sent may still come back').to.have.members(ends);
  });

  it('keep a lease only while sending, and a next attempt only while one may come', () => {
    const nextAt = new Date(0);
    expect(to('claim', { lease: 'a', nextAt })).not.to.have.property('$unset');
    expect(to('claimReminder', { lease: 'a', nextAt }).$unset).not.to.have.any.keys('lease', 'nextAt');
    expect(to('retry', { nextAt }).$unset).to.deep.equal({ lease: true });
    expect(to('accept', { nextAt }).$unset).to.include({ lease: true }).and.not.have.property('nextAt');
    expect(to('accept', {}).$unset).to.include({ lease: true, nextAt: true });
  });

  it('mark the volume where a count changes', () => {
    expect(to('claim', {}).$set).not.to.have.property('dirty');
    expect(to('answer', {}))
      .to.deep.include({ $inc: { rev: 1 } })
      .and.nested.include({ '$set.dirty': true });
    expect(from('withdraw')).to.deep.equal({ state: { $in: ['answered', 'withdrawn'] } });
  });
});
