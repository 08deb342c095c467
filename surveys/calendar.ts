import { DateTime, IANAZone } from 'luxon';

/** The time zone of every rule. What is stored is UTC. */
export const timeZone = 'Europe/Amsterdam';

const hourMs = 3_600_000;
const mostHours = 10_000;

/**
 * Europe/Amsterdam with its offsets remembered per hour: they change on whole hours only, and asking the platform
 * costs more than all the rules about a contact together.
 */
class AmsterdamZone extends IANAZone {
  readonly #offsets = new Map<number, number>();

  override offset(instant: number): number {
    const hour = Math.floor(instant / hourMs);
    const known = this.#offsets.get(hour);
    if (known !== undefined) return known;
    if (this.#offsets.size >= mostHours) this.#offsets.clear();
    const offset = super.offset(hour * hourMs);
    this.#offsets.set(hour, offset);
    return offset;
  }
}

const amsterdam = new AmsterdamZone(timeZone);

const dayMs = 86_400_000;

/** The calendar month of an instant in Europe/Amsterdam, as `2026-03`. */
export function monthOf(instant: Date): string {
  return inAmsterdam(instant).toFormat('yyyy-MM');
}

/** The week of its month in which an instant falls in Europe/Amsterdam: 1 for the first seven days, 5 for the last ones. */
export function weekOfMonth(instant: Date): number {
  return Math.ceil(inAmsterdam(instant).day / 7);
}

/** The calendar month that many months before that of an instant, in Europe/Amsterdam. */
export function monthsBefore(instant: Date, months: number): string {
  return inAmsterdam(instant).minus({ months }).toFormat('yyyy-MM');
}

/** The instant as a local time in Europe/Amsterdam. */
export function inAmsterdam(instant: Date): DateTime<true> {
  const local = DateTime.fromJSDate(instant, { zone: amsterdam });
  if (!local.isValid) throw new RangeError('not an instant');
  return local;
}

/** The instant that many times 24 hours later (earlier when negative). */
export function addDays(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * dayMs);
}

/** The later of two instants. */
export function later(one: Date, other: Date): Date {
  return new Date(Math.max(one.getTime(), other.getTime()));
}
