import { allPermissions, type Permission, permissions, rowOf } from './permissions.ts';

/** A permission that an API key may be given. */
export type Scope = {
  [P in Permission]: (typeof permissions)[P]['key'] extends true ? P : never;
}[Permission];

/** What each scope allows. */
export const scopes = Object.fromEntries(
  allPermissions.filter((one) => rowOf(one).key).map((one) => [one, permissions[one].meaning]),
) as Record<Scope, string>;

export const allScopes = Object.keys(scopes) as Scope[];

export function isScope(text: string): text is Scope {
  return Object.hasOwn(scopes, text);
}
