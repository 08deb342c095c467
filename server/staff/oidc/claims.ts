import { normaliseEmail } from '../../../surveys/recipients/index.ts';
import { isRole, type Role } from '../../auth/permissions.ts';
import type { OidcSettings } from '../../config.ts';
import type { Claimed } from '../people.ts';

const longestName = 200;
const longestAddress = 254;
const departmentKey = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Who signed in, by the claims of an ID token that was checked. What the provider says in other names becomes ours. */
export function readClaims(
  claims: Readonly<Record<string, unknown>> & { iss: string; sub: string },
  { rolesClaim, roles, departmentsClaim, departments }: OidcSettings,
): Claimed {
  const theirRoles = textsOf(claimAt(claims, rolesClaim));
  const theirDepartments = textsOf(claimAt(claims, departmentsClaim));
  const mapped = theirRoles.map((name) => (roles ? roles.get(name) : name));
  const keys = theirDepartments.map((name) => (departments ? departments.get(name) : name));
  return {
    issuer: claims.iss,
    subject: claims.sub,
    email: addressIn(claims.email) ?? addressIn(claims.preferred_username),
    name: shortText(claims.name, longestName),
    roles: [...new Set(mapped.filter((role): role is Role => role !== undefined && isRole(role)))],
    departments: [...new Set(keys.filter((key) => key !== undefined && departmentKey.test(key)))] as string[],
  };
}

/** The claim of this name, or the value that a JSON pointer leads to. */
function claimAt(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  const segments = name.startsWith('/')
    ? name
        .slice(1)
        .split('/')
        .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
    : [name];
  return segments.reduce<unknown>((value, segment) => {
    const known = typeof value === 'object' && value !== null && Object.hasOwn(value, segment);
    return known ? (value as Record<string, unknown>)[segment] : undefined;
  }, claims);
}

/** One text or a list of them; anything else counts as none. */
function textsOf(value: unknown): string[] {
  return [value].flat().filter((one) => typeof one === 'string');
}

function addressIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= longestAddress
    ? normaliseEmail(value)?.mailTo
    : undefined;
}

/** A text of one line; one that is longer than anybody's name is cut. */
function shortText(value: unknown, longest: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  return (
    value
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, longest) || undefined
  );
}
