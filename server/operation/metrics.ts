import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { JobCounts } from '../../jobs/queue/queue.ts';
import type { Count } from '../../surveys/counted.ts';
import type { Backlog } from './backlog.ts';
import type { Readiness } from './health.ts';

/** A request that was answered, or broken off. */
export interface AnsweredRequest {
  method: string;
  /** The pattern of the route, never the path: paths hold tokens. */
  route: string;
  status: number;
  seconds: number;
}

/** What is looked up when somebody reads the metrics, and left out when it can't be. */
export interface MetricsSources {
  backlog(): Promise<Backlog>;
  readiness(): Promise<Readiness>;
  /** Jobs by kind and state; none in a process without jobs. */
  queue(): Promise<Record<string, JobCounts> | undefined>;
}

export interface Metrics {
  count: Count;
  request(answered: AnsweredRequest): void;
  /** A command that the store answered or refused. */
  command(name: string, outcome: 'done' | 'failed', seconds: number): void;
  /** Somebody who is known was not allowed something. */
  refused(permission: string, by: 'person' | 'key'): void;
  /** A job that ended. */
  job(name: string, outcome: 'done' | 'failed', seconds: number): void;
  /** The text that Prometheus reads. */
  read(sources: MetricsSources): Promise<{ type: string; text: string }>;
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);

/**
 * The metrics of one process. Labels come from the program, never from outside, so their number is bounded; none names
 * a survey, a department or a channel.
 */
export function createMetrics(): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const requests = new Histogram({
    name: 'golden_ear_http_request_seconds',
    help: 'Time to answer a request, by pattern of its route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const commands = new Histogram({
    name: 'golden_ear_store_command_seconds',
    help: 'Time the store took for a command, as the driver saw it',
    labelNames: ['command', 'outcome'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers,
  });
  const jobs = new Histogram({
    name: 'golden_ear_job_seconds',
    help: 'Time that a job ran in this process',
    labelNames: ['job', 'outcome'],
    buckets: [0.01, 0.1, 1, 10, 60, 600],
    registers,
  });
  const refusals = new Counter({
    name: 'golden_ear_access_refused_total',
    help: 'Refusals for want of a permission, of people who are signed in and of keys',
    labelNames: ['permission', 'by'],
    registers,
  });
  const counters = {
    contacts: counter('golden_ear_contacts_total', 'Contacts that were decided', 'decision'),
    responses: counter(
      'golden_ear_responses_total',
      'Answer sets that were stored, all surveys together',
      'how',
    ),
    mails: counter('golden_ear_mails_total', 'Attempts at handing a mail over', 'outcome'),
    bounces: counter('golden_ear_bounces_total', 'Mails that came back later', 'outcome'),
  };
  const gauges = {
    dependency: gauge('golden_ear_dependency_up', 'Whether it answers', 'dependency'),
    due: gauge('golden_ear_invitations_due', 'Invitations whose moment has come (counted up to 10,000)'),
    lag: gauge('golden_ear_invitations_oldest_due_seconds', 'How long the first of them has been due'),
    dirty: gauge('golden_ear_rollup_waiting', 'Changes not yet counted in cells (up to 10,000)', 'kind'),
    oldest: gauge('golden_ear_rollup_lag_seconds', 'How long this process has seen the oldest of them wait'),
    queue: gauge('golden_ear_queue_jobs', 'Jobs in the queue, shared or of this process', 'job', 'state'),
  };

  function counter(name: string, help: string, label: string): Counter {
    return new Counter({ name, help, labelNames: [label], registers });
  }

  function gauge(name: string, help: string, ...labelNames: string[]): Gauge {
    return new Gauge({ name, help, labelNames, registers });
  }

  return {
    count(what, how, times = 1) {
      if (times > 0) counters[what].labels(how).inc(times);
    },
    request({ method, route, status, seconds }) {
      requests.labels(methods.has(method) ? method : 'other', route, String(status)).observe(seconds);
    },
    refused: (permission, by) => refusals.labels(permission, by).inc(),
    command: (name, outcome, seconds) => commands.labels(name, outcome).observe(seconds),
    job: (name, outcome, seconds) => jobs.labels(name, outcome).observe(seconds),
    async read({ backlog, readiness, queue }) {
      for (const one of Object.values(gauges)) one.reset();
      const [ready, store, waiting] = await Promise.all([
        readiness(),
        backlog().catch(() => undefined),
        queue().catch(() => undefined),
      ]);
      for (const [name, state] of Object.entries(ready.dependencies))
        gauges.dependency.labels(name).set(state === 'up' ? 1 : 0);
      for (const [job, states] of Object.entries(waiting ?? {}))
        for (const [state, jobs] of Object.entries(states)) gauges.queue.labels(job, state).set(jobs);
      if (store) {
        gauges.due.set(store.due);
        gauges.lag.set(store.oldestDueSeconds);
        for (const [kind, marks] of Object.entries(store.dirty)) gauges.dirty.labels(kind).set(marks);
        gauges.oldest.set(store.oldestDirtySeconds);
      } else for (const name of ['due', 'lag', 'oldest'] as const) gauges[name].set(Number.NaN);
      return { type: register.contentType, text: await register.metrics() };
    },
  };
}
