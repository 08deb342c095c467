/** Attempts that are under way, each broken off after a time of its own, or all at once. */
export interface Attempts {
  run<T>(act: (signal: AbortSignal) => Promise<T>): Promise<T>;
  abortAll(): void;
}

/** `ms`: how long one attempt may take. */
export function createAttempts(ms: number): Attempts {
  const underWay = new Set<AbortController>();
  return {
    async run(act) {
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(), ms);
      underWay.add(controller);
      try {
        return await act(controller.signal);
      } finally {
        clearTimeout(timer);
        underWay.delete(controller);
      }
    },
    abortAll() {
      for (const controller of underWay) controller.abort();
    },
  };
}
