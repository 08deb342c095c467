/** The first words of the keys of texts that residents read, and that a language for residents has therefore. */
const families = new Set([
  ...['language', 'form', 'error', 'thanks', 'delete', 'deleted', 'closed', 'optOut', 'genuine', 'notFound'],
  ...['failure', 'tooMany', 'shared', 'code', 'kiosk', 'callback', 'done', 'follow'],
]);

const keys = new Set([
  ...['skip', 'language', 'contact', 'phone', 'email', 'privacy', 'genuine', 'errorPrefix'].map(
    (name) => `layout.${name}`,
  ),
  ...['title', 'lead', 'residentTitle', 'residentText', 'residentGenuine'].map((name) => `home.${name}`),
]);

/** Whether residents read a text of the pages. The rest is for staff, in Dutch and English. */
export function isForResidents(key: string): boolean {
  return keys.has(key) || families.has(key.split('.')[0] ?? '');
}
