import ar from './ar.json' with { type: 'json' };
import pl from './pl.json' with { type: 'json' };
import tr from './tr.json' with { type: 'json' };
import uk from './uk.json' with { type: 'json' };

/** Texts of surveys in one language, by the Dutch text that they say the same as. */
export interface Translation {
  /** ISO 639 code. */
  language: string;
  /** A draft was made by a machine, and no reader of the language has approved it. */
  status: 'draft' | 'complete';
  texts: Readonly<Record<string, string>>;
}

/**
 * The languages of the surveys besides those that a definition itself has. They are no part of a published version: a
 * better translation changes no question. A Dutch text that changes has no translation any more, so that no
 * translation ever says something else than the question.
 */
export const translations: readonly Translation[] = [tr, ar, pl, uk] as Translation[];
