import type { DateTime } from 'luxon';
import type { ContactEvent } from '../../schemas/generated/contact.ts';
import { draw } from './random.ts';

export type Channel = string;

export interface Department {
  key: string;
  nl: string;
  en: string;
  /** How contacts go on average, 0 to 1. */
  mood: number;
  /** How well the department's own people think it listens, 0 to 1. */
  listening: number;
  channels: [Channel, number][];
  products: { key: string; names: { nl: string; en: string }; weight: number }[];
}

const residents = 9_000;

/**
 * The contacts of one working day, in its office hours. Some residents come back, some give no address,
 * a few contacts are confidential: so every decision occurs.
 */
export function contactsOfDay(
  day: DateTime,
  count: number,
  { departments, stages }: { departments: Department[]; stages: string[] },
  random: () => number,
): ContactEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const department = departments[Math.floor(random() * departments.length)]!;
    const resident = Math.floor(random() * residents);
    const product = draw(
      random,
      department.products.map(({ key, weight }) => [key, weight] as const),
    );
    return {
      source: 'demo',
      id: `${day.toISODate()}-${index}`,
      occurredAt: day
        .set({ hour: 9 })
        .plus({ minutes: Math.floor(random() * 50) })
        .toUTC()
        .toISO()!,
      department: department.key,
      channel: draw(random, department.channels),
      product,
      stage: stages[Math.floor(random() * stages.length)]!,
      language: random() < 0.1 ? 'en' : 'nl',
      ...(random() < 0.03 && { confidential: true }),
      ...(random() > 0.12 && { recipient: { email: `inwoner-${resident}@inwoners.example` } }),
    };
  });
}

/** What asks a department's own people to take the quickscan, and both rings of an arena to answer beforehand. */
export function staffContacts(day: DateTime, departments: Department[]): ContactEvent[] {
  const occurredAt = day.set({ hour: 9 }).toUTC().toISO()!;
  const person = (survey: string, department: string, kind: string, number: number): ContactEvent => ({
    source: `demo-${survey}`,
    id: `${department}-${number}`,
    occurredAt,
    department,
    channel: 'email',
    survey,
    recipient: { email: `${kind}-${number}@${department}.example` },
  });
  const quickscan = departments.flatMap(({ key }) =>
    Array.from({ length: 14 }, (_, n) => person('golden-ear-quickscan', key, 'collega', n)),
  );
  const arena = departments
    .slice(0, 1)
    .flatMap(({ key }) => [
      ...Array.from({ length: 12 }, (_, n) => person('client-arena-participant-before', key, 'deelnemer', n)),
      ...Array.from({ length: 10 }, (_, n) => person('client-arena-listener-before', key, 'luisteraar', n)),
    ]);
  return [...quickscan, ...arena];
}
