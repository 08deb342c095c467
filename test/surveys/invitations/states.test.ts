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
    for (const name of ['claim', 'retry', 'accept'] as const) {
      const before = transitions[name].from as readonly string[];
      expect(before).not.to.include.members(['answered']);
      for (const ended of ['withdrawn', 'expired', 'cancelled', 'optedOut', 'bounced', 'failed']) {
        expect(before).not.to.include(ended);
      }
    }
  });

  it('erase the address once no mail can follow', () => {
    const erasing = names.filter((name) => 'address' in (to(name, {}).$unset ?? {}));
    expect(erasing).to.have.members(['bounce', 'fail', 'answer', 'withdraw', 'expire', 'cancel', 'optOut']);
  });

  it('keep a lease only while sending, and a next attempt only while one may come', () => {
    expect(to('claim', { lease: 'a', nextAt: new Date(0) })).not.to.have.property('$unset');
    expect(to('retry', { nextAt: new Date(0) }).$unset).to.deep.equal({ lease: true });
    expect(to('accept', {}).$unset).to.deep.equal({ lease: true, nextAt: true });
  });

  it('mark the volume where a count changes', () => {
    expect(to('claim', {}).$set).not.to.have.property('dirty');
    expect(to('answer', {}))
      .to.deep.include({ $inc: { rev: 1 } })
      .and.nested.include({ '$set.dirty': true });
    expect(from('withdraw')).to.deep.equal({ state: { $in: ['answered', 'withdrawn'] } });
  });
});
