import type { SettingsInForce } from '../../settings/index.ts';
import type { Place } from '../facts.ts';
import type { MeasuredQuestion } from '../measured-questions.ts';

/** A calendar year of a survey, as a release is to write it. */
export interface YearToRelease {
  survey: string;
  year: string;
  number: number;
  questions: MeasuredQuestion[];
  settings: SettingsInForce;
  /** For surveys whose answers come in groups (disclosure/groups.ts): the groups of which nothing new is told yet. */
  withheld?: (place: Place) => boolean;
}
