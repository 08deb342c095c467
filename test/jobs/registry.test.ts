import { expect } from 'chai';
import { createDelivery } from '../../jobs/deliver/index.ts';
import { jobRegistry } from '../../jobs/registry.ts';
import { jobSchedule } from '../../jobs/schedule.ts';
import type { Transport } from '../../jobs/transport/index.ts';
import { validator } from '../../schemas/validate.ts';
import { testContext } from '../support/context.ts';
import { useStore } from '../support/store.ts';

const settings = { baseUrl: 'https://luister.gemeente.example', mailFrom: 'vraag@gemeente.example' };
const transport: Transport = { send: async () => ({ kind: 'accepted' }), close: async () => {} };

describe('jobs: the registry and the schedule', () => {
  useStore();
  const ctx = testContext();
  const delivery = createDelivery(ctx, { transport, settings });
  const registry = jobRegistry(ctx, delivery);
  const schedule = jobSchedule(ctx, delivery);

  it('every job has a worker and a schedule', () => {
    expect(Object.keys(registry)).to.have.members(Object.keys(schedule));
    for (const [name, job] of Object.entries(registry)) {
      expect(job.handle, name).to.be.a('function');
      expect(job.concurrency, name).to.be.at.least(1);
      expect(job.retry.attempts, name).to.be.at.least(1);
      expect(job.retention.failed, name).to.be.at.least(1);
    }
    for (const [name, { everyMs }] of Object.entries(schedule)) expect(everyMs, name).to.be.above(0);
  });

  it('what the schedule finds fits the schema of its job', async () => {
    for (const [name, { find }] of Object.entries(schedule)) {
      const check = validator(registry[name as keyof typeof registry].payload);
      for (const payload of await find()) expect(check(payload), name).to.include({ ok: true });
    }
  });

  it('running any job twice, also at the same time, does no harm', async () => {
    for (const [name, { find }] of Object.entries(schedule)) {
      const { handle } = registry[name as keyof typeof registry] as {
        handle(payload: object): Promise<void>;
      };
      for (const payload of await find()) await Promise.all([handle(payload), handle(payload)]);
    }
  });
});
