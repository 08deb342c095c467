/** The long form of a test repeats more often and tries every way: `npm run verify:full`. */
export const longForm = process.env.GOLDEN_EAR_FULL !== undefined;

/** How often a test repeats something: as this environment variable says, or by the form of the run. */
export function times(variable: string, { short, long }: { short: number; long: number }): number {
  return Number(process.env[variable] ?? (longForm ? long : short));
}
