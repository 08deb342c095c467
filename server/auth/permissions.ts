/** What members of staff are. A person may have several roles, and may then do what any of them may. */
export const roles = [
  'coordinator',
  'analyst',
  'programme-manager',
  'privacy-officer',
  'administrator',
] as const;

export type Role = (typeof roles)[number];

/** The role that sees the departments it is given, and nothing of others. */
export const departmentRole: Role = 'coordinator';

interface Row {
  /** Completes "may …". */
  meaning: string;
  /** The roles that may. */
  roles: readonly Role[];
  /** Whether an API key may be given it, as a scope of the same name. */
  key: boolean;
  /** Whether it can be limited to departments. What can't is about the whole municipality. */
  byDepartment: boolean;
}

/**
 * The one table of who may do what. Roles act through pages and read through the API; only keys write through the API.
 * A coordinator reads comments of their own departments only, and those without grade, product or day, from a pool of
 * at least twenty: who handled a contact recognises its author soonest.
 */
export const permissions = {
  'contacts:write': {
    meaning: 'send contacts, look up what became of one, erase one',
    roles: [],
    key: true,
    byDepartment: true,
  },
  'responses:write': {
    meaning: 'send answers that were gathered elsewhere',
    roles: [],
    key: true,
    byDepartment: true,
  },
  'surveys:write': {
    meaning: 'publish surveys, read and change their settings',
    roles: ['administrator'],
    key: true,
    byDepartment: false,
  },
  'aggregates:read': {
    meaning: 'read released scores',
    roles: ['coordinator', 'analyst', 'programme-manager', 'privacy-officer', 'administrator'],
    key: true,
    byDepartment: true,
  },
  'reports:read': {
    meaning: 'make the quarterly overview and the yearly service report',
    roles: ['analyst', 'programme-manager'],
    key: false,
    byDepartment: false,
  },
  'municipality:write': {
    meaning: 'change the municipality and the names of departments, channels and products',
    roles: ['administrator'],
    key: true,
    byDepartment: false,
  },
  'sending:write': {
    meaning: 'pause and resume all mail',
    roles: ['administrator'],
    key: true,
    byDepartment: false,
  },
  'bounces:write': {
    meaning: 'tell of mails that could not be delivered',
    roles: [],
    key: true,
    byDepartment: false,
  },
  'comments:read': {
    meaning: 'read comments where there are enough of them',
    roles: ['coordinator', 'programme-manager'],
    key: false,
    byDepartment: true,
  },
  'actions:write': {
    meaning: 'plan actions and follow them',
    roles: ['coordinator', 'programme-manager'],
    key: false,
    byDepartment: true,
  },
  'callbacks:write': {
    meaning: 'see who wants to be called back, and tell that it was done',
    roles: ['coordinator'],
    key: false,
    byDepartment: true,
  },
  'links:write': {
    meaning: 'make cards, letters and kiosks, and fill in the questions for who is on the phone',
    roles: ['coordinator', 'programme-manager'],
    key: false,
    byDepartment: true,
  },
  'arena:write': {
    meaning: 'plan client arenas and keep what was said and agreed there',
    roles: ['coordinator', 'programme-manager'],
    key: false,
    byDepartment: true,
  },
  'rounds:write': {
    meaning: 'open quickscan rounds, remind, close them',
    roles: ['coordinator', 'programme-manager'],
    key: false,
    byDepartment: true,
  },
  'audit:read': {
    meaning: 'read and check the audit log',
    roles: ['privacy-officer'],
    key: false,
    byDepartment: false,
  },
  'privacy:write': {
    meaning: 'decide how long data is kept, and erase it',
    roles: ['privacy-officer'],
    key: false,
    byDepartment: false,
  },
  'records:write': {
    meaning: 'grant that answers are exported one by one, generalised and without comments, and end that',
    roles: ['privacy-officer'],
    key: false,
    byDepartment: false,
  },
  'jobs:write': {
    meaning: 'look at the queue of jobs, try failed ones again',
    roles: ['administrator'],
    key: false,
    byDepartment: false,
  },
  'people:write': {
    meaning: 'invite people, change their roles, end their sessions',
    roles: ['administrator'],
    key: false,
    byDepartment: false,
  },
  'keys:write': {
    meaning: 'make and revoke API keys',
    roles: ['administrator'],
    key: false,
    byDepartment: false,
  },
} as const satisfies Record<string, Row>;

export type Permission = keyof typeof permissions;

/** What a route may need: to be somebody who is known (a person or a key), or to have a permission. */
export type Needed = 'signed-in' | Permission;

/** Who may use a route: everyone, the operator (by a token of the environment), or who has what it needs. */
export type Access = 'public' | 'operator' | Needed;

export const allPermissions = Object.keys(permissions) as Permission[];

/** A permission as the table has it. */
export function rowOf(permission: Permission): Row {
  return permissions[permission];
}

export function isRole(text: string): text is Role {
  return roles.some((role) => role === text);
}
