import { type Logger, pino } from 'pino';

/**
 * The log: one JSON object a line on standard output, without personal data. Of an error only its name, its
 * code and where it came from are kept, since messages of drivers and parsers repeat the values they met.
 */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, serializers: { err: describeError } });
}

/** An error as it may be logged. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return {
    name: error.name,
    ...('code' in error && { code: error.code }),
    stack: frames.map((line) => line.trim()),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}
