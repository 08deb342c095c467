import { type DestinationStream, type LogFn, type Logger, pino } from 'pino';
import { describeError } from '../jobs/describe-error.ts';
import { cleanRecord } from './log-record.ts';

/**
 * The log: one JSON object a line on standard output, without personal data. Of an error only its name, its code and
 * where it came from are kept, since messages of drivers and parsers repeat the values they met. Whatever else is
 * handed to the log passes `cleanRecord` just before it is written, so that no call can get round it.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    serializers: { err: (error: unknown) => (error instanceof Error ? describeError(error) : error) },
    hooks: {
      // An error as the first argument would become the message, with all it quotes.
      logMethod(this: Logger, [first, message]: unknown[], write: LogFn) {
        if (typeof first === 'string') write.call(this, first);
        else if (first instanceof Error) write.call(this, { err: first }, 'an error');
        else write.call(this, first, typeof message === 'string' ? message : undefined);
      },
      streamWrite: (line: string) => `${JSON.stringify(cleanRecord(JSON.parse(line)))}\n`,
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
