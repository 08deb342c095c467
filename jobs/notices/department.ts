import { displayNames, listEntries } from '../../surveys/municipality/index.ts';

/** The shared mailbox of a department and its name in Dutch; undefined where it has none. */
export async function departmentToMail(key: string): Promise<{ email: string; name: string } | undefined> {
  const department = (await listEntries('department')).find((entry) => entry.key === key);
  if (department?.email === undefined) return undefined;
  return { email: department.email, name: (await displayNames('department', 'nl')).get(key) ?? key };
}
