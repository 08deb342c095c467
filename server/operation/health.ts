import { within } from './within.ts';

/** Something the process needs to do its work. */
export interface Dependency {
  /** Resolves when it is there; rejects when it is not. */
  check(): Promise<unknown>;
  /** Without it the process is not ready; without another it is degraded: what needs it waits. */
  essential: boolean;
  /** Milliseconds for which an answer is good, so that asking often costs no more than asking now and then. */
  goodFor?: number;
}

export type Dependencies = Readonly<Record<string, Dependency>>;

export type DependencyState = 'up' | 'down';

export interface Readiness {
  /** `stopping`: the process was told to stop and takes no new work. */
  status: 'up' | 'degraded' | 'down' | 'stopping';
  dependencies: Record<string, DependencyState>;
}

export interface Health {
  readiness(): Promise<Readiness>;
  /** From now on the process is not ready, whatever its dependencies say. */
  stop(): void;
}

/** Whether the process does its work, if not all of it. */
export function isReady({ status }: Readiness): boolean {
  return status === 'up' || status === 'degraded';
}

/** A dependency that has not answered by then counts as down. Milliseconds. */
const patience = 2_000;

export function createHealth(dependencies: Dependencies): Health {
  const states = Object.entries(dependencies).map(([name, one]) => [name, remembered(one)] as const);
  let stopping = false;
  return {
    async readiness() {
      const found = await Promise.all(
        states.map(async ([name, stateOf]) => [name, await stateOf()] as const),
      );
      const down = found.filter(([, state]) => state === 'down').map(([name]) => name);
      const lacking = down.some((name) => dependencies[name]!.essential);
      const works = down.length > 0 ? 'degraded' : 'up';
      return {
        status: stopping ? 'stopping' : lacking ? 'down' : works,
        dependencies: Object.fromEntries(found),
      };
    },
    stop() {
      stopping = true;
    },
  };
}

/** One check at a time; who asks meanwhile, or soon after, gets the same answer. */
function remembered({ check, goodFor = 0 }: Dependency): () => Promise<DependencyState> {
  let asked: Promise<DependencyState> | undefined;
  let until = 0;
  return () => {
    if (asked && performance.now() < until) return asked;
    until = Number.POSITIVE_INFINITY;
    asked = within(patience, check)
      .then(
        () => 'up' as const,
        () => 'down' as const,
      )
      .finally(() => {
        until = performance.now() + goodFor;
      });
    return asked;
  };
}
