import { InvalidArgumentError } from 'commander';

/** Reads the value of an option that takes an instant; a time without its offset is refused. */
export function parseInstant(text: string): Date {
  const instant = new Date(text);
  if (!/T.*(Z|[+-]\d\d:?\d\d)$/.test(text) || Number.isNaN(instant.getTime())) {
    throw new InvalidArgumentError('Give an instant with its offset, for instance 2025-03-25T12:00:00Z.');
  }
  return instant;
}
