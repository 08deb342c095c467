import { type PublishedSurvey, textIn } from '../../../surveys/definitions/index.ts';
import { Button } from '../components/text.tsx';
import type { PageContext } from '../page-context.ts';

/** What the overview shows: one scored question of one survey. */
export interface Shown {
  survey: PublishedSurvey;
  question: PublishedSurvey['questions'][number];
}

/** All that can be shown: the questions that are asked and have figures. */
export function choicesIn(surveys: PublishedSurvey[]): Shown[] {
  return surveys.flatMap((survey) =>
    survey.questions
      .filter(({ off, scale }) => !off && scale.kind !== 'text')
      .map((question) => ({ survey, question })),
  );
}

/** How a choice is named in the address: `customer-journey.overall`. */
export function nameOf({ survey, question }: Shown): string {
  return `${survey.key}.${question.key}`;
}

interface QuestionPickerProps {
  page: PageContext;
  choices: Shown[];
  chosen: Shown;
}

/** Survey and question in one list, grouped by survey: without scripts, two lists could not follow each other. */
export function QuestionPicker({ page: { locale, t }, choices, chosen }: QuestionPickerProps) {
  const surveys = [...new Set(choices.map(({ survey }) => survey))];
  return (
    <form method="get" class="ge-picker ge-no-print">
      <input type="hidden" name="lang" value={locale} />
      <div class="ge-picker__field">
        <label class="utrecht-form-label" for="show">
          {t('overview.pick')}
        </label>
        <select class="utrecht-select utrecht-select--html-select" id="show" name="show">
          {surveys.map((survey) => (
            <optgroup label={textIn(survey.survey.title, locale)}>
              {choices
                .filter((choice) => choice.survey === survey)
                .map((choice) => (
                  <option value={nameOf(choice)} selected={nameOf(choice) === nameOf(chosen)}>
                    {textIn(choice.question.text, locale)}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </div>
      <Button>{t('overview.show')}</Button>
    </form>
  );
}
