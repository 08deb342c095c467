import type { RequiredStrength } from '../../config.ts';

/** What an authorization request says about how strong a sign-in must be. A provider may do less: see `weaknessOf`. */
export function askedStrength({ acrValues, maxAge }: RequiredStrength): Record<string, string> {
  return {
    ...(acrValues.length > 0 && { acr_values: acrValues.join(' ') }),
    ...(maxAge !== undefined && { max_age: String(maxAge) }),
  };
}

/**
 * What a sign-in lacks, by the claims of an ID token that was checked. A claim that was left out, or has another form than
 * OpenID Connect Core gives it, is as good as none: `acr_values` is a wish, and many providers leave out what they don't know.
 * The age of the sign-in is checked with the token.
 * @returns undefined when it is as strong as required
 */
export function weaknessOf(
  { acr, amr }: Readonly<Record<string, unknown>>,
  { acrValues, amrValues }: RequiredStrength,
): 'acr' | 'amr' | undefined {
  if (acrValues.length > 0 && !acrValues.some((value) => value === acr)) return 'acr';
  const methods: readonly unknown[] = Array.isArray(amr) ? amr : [];
  if (amrValues.length > 0 && !amrValues.some((value) => methods.includes(value))) return 'amr';
  return undefined;
}
