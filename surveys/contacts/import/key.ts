/** A kebab-case key of a name: "Café - Straat/Stoep" becomes `cafe-straat-stoep`. Empty when nothing is left. */
export function keyOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
