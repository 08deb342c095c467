import type { LocalisedText } from '../../schemas/generated/survey-definition.ts';
import { translations } from '../catalog/translations/index.ts';

/**
 * A part of a definition with its texts in every language there is a translation to. What the definition itself says
 * in a language stands.
 */
export function withTranslations<Part>(part: Part): Part {
  return translate(part) as Part;
}

function translate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(translate);
  if (typeof value !== 'object' || value === null) return value;
  if (isText(value)) return { ...translationsOf(value.nl), ...value };
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, translate(child)]));
}

function isText(value: object): value is LocalisedText {
  return 'nl' in value && typeof value.nl === 'string';
}

function translationsOf(dutch: string): Record<string, string> {
  const found = translations.flatMap(({ language, texts }): [string, string][] => {
    const text = Object.hasOwn(texts, dutch) ? texts[dutch] : undefined;
    return text === undefined ? [] : [[language, text]];
  });
  return Object.fromEntries(found);
}

/** The Dutch texts of a definition, each once, in their order. */
export function dutchTexts(definition: unknown): string[] {
  return [...new Set(textsIn(definition))];
}

function textsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value) && isText(value)) return [value.nl];
  return Object.values(value).flatMap(textsIn);
}
