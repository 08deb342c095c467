import texts from './texts.json' with { type: 'json' };

type Language = 'nl' | 'en';
type Text = Readonly<Record<Language, string>>;

export type { Language };
export { texts };

/** A text in both languages with its values filled in, as JSON-LD has it. */
export function both(text: Text, values: Readonly<Record<string, string | number>> = {}) {
  return (['nl', 'en'] as const).map((language) => ({
    '@language': language,
    '@value': filled(text[language], values),
  }));
}

export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** `department-channel-year` in words. */
export function tableTitle(table: string, language: Language): string {
  const parts = table.split('-');
  const level = parts.pop() as keyof typeof texts.levels;
  const names = parts.map((part) => texts.tables[part as keyof typeof texts.tables][language]).join(' × ');
  const [first = '', ...rest] = names;
  return `${first.toUpperCase()}${rest.join('')} ${texts.levels[level][language]}`;
}
