/** What an API token may be allowed to do. */
export const scopes = {
  'contacts:write': 'send contacts, look up what became of one, erase one',
  'responses:write': 'send answers that were gathered elsewhere',
  'surveys:write': 'publish surveys, read and change their settings',
  'aggregates:read': 'read released scores',
  'municipality:write': 'change the municipality and the names of departments, channels and products',
  'sending:write': 'pause and resume all mail',
} as const;

export type Scope = keyof typeof scopes;

export function isScope(text: string): text is Scope {
  return Object.hasOwn(scopes, text);
}
