import type { Response } from 'express';
import {
  allPermissions,
  departmentRole,
  type Needed,
  type Permission,
  type Role,
  rowOf,
} from './permissions.ts';
import type { Scope } from './scopes.ts';

/** The departments that something reaches, by key; `all` includes those that are not known yet. */
export type Departments = 'all' | readonly string[];

/** Who a request comes from, and what they may do. */
export interface Principal {
  kind: 'person' | 'key';
  /** Id of the person, or name of the key. */
  id: string;
  /** Each permission with the departments that it is for. */
  grants: ReadonlyMap<Permission, Departments>;
}

/** What somebody with these roles may do; of several roles that allow it, the widest counts. */
export function grantsOfRoles(
  roles: readonly Role[],
  departments: readonly string[],
): ReadonlyMap<Permission, Departments> {
  return new Map(
    allPermissions.flatMap((permission): [Permission, Departments][] => {
      const allowing = roles.filter((role) => rowOf(permission).roles.includes(role));
      if (allowing.length === 0) return [];
      return [[permission, allowing.every((role) => role === departmentRole) ? departments : 'all']];
    }),
  );
}

/** What a key with these scopes may do; without departments it reaches all of them. */
export function grantsOfScopes(
  scopes: readonly Scope[],
  departments: readonly string[],
): ReadonlyMap<Permission, Departments> {
  return new Map(scopes.map((scope) => [scope, departments.length > 0 ? departments : 'all']));
}

/**
 * Whether this access is allowed, and for which departments.
 * @returns undefined when it is not allowed
 */
export function reachOf(principal: Principal, access: Needed): Departments | undefined {
  return access === 'signed-in' ? 'all' : principal.grants.get(access);
}

/** Remembers who an answer is for, and what they must be allowed to get it; before that is looked at. */
export function setPrincipal(response: Response, principal: Principal, needed: Needed): void {
  response.locals.principal = principal;
  response.locals.needed = needed;
}

/** Who an answer is for; undefined on a public route. */
export function principalOf(response: Response): Principal | undefined {
  return response.locals.principal;
}

/** What who this answer is for must be allowed; undefined on a public route. */
export function neededOf(response: Response): Needed | undefined {
  return response.locals.needed;
}

/** Whether a department is among those reached. */
export function reaches(departments: Departments, department: string): boolean {
  return departments === 'all' || departments.includes(department);
}

/** The departments as a limit; undefined: there is none. */
export function limitOf(departments: Departments): readonly string[] | undefined {
  return departments === 'all' ? undefined : departments;
}
