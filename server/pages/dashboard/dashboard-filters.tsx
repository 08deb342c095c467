import { textIn } from '../../../surveys/definitions/index.ts';
import { Button } from '../components/text.tsx';
import type { Named } from '../overview/figures.ts';
import type { Shown } from '../overview/question-picker.tsx';
import type { PageContext } from '../page-context.ts';
import { type Filters, trendPeriods } from './choices.ts';

/** What can be chosen in the address. */
export type Choice = 'question' | 'department' | 'year' | 'period';

export interface FiltersProps {
  page: PageContext;
  filters: Filters;
  questions: Shown[];
  /** The departments to choose from; without `all` one of them must be chosen. */
  departments: Named[];
  all: boolean;
  years: string[];
}

/** The choices as a form that a link can hold. */
export function DashboardFilters({ page, filters, questions, departments, all, years }: FiltersProps) {
  const { locale, t } = page;
  const { shown, department, year, period } = filters;
  const everyone = all ? [{ key: '', name: t('dashboard.allDepartments') }] : [];
  return (
    <form method="get" class="ge-picker ge-no-print">
      <input type="hidden" name="lang" value={locale} />
      <ChoiceField
        id="question"
        label={t('journey.question')}
        options={questions.map(({ question }) => ({
          key: question.key,
          name: textIn(question.text, locale),
        }))}
        chosen={shown.question.key}
      />
      <ChoiceField
        id="department"
        label={t('overview.department')}
        options={[...everyone, ...departments]}
        chosen={department?.key ?? ''}
      />
      <ChoiceField
        id="year"
        label={t('overview.period')}
        options={years.map((key) => ({ key, name: key }))}
        chosen={year}
      />
      <ChoiceField
        id="period"
        label={t('dashboard.trendBy')}
        options={trendPeriods.map((key) => ({ key, name: t(`dashboard.by.${key}`) }))}
        chosen={period}
      />
      <Button>{t('overview.show')}</Button>
    </form>
  );
}

function ChoiceField({
  id,
  label,
  options,
  chosen,
}: {
  id: string;
  label: string;
  options: Named[];
  chosen: string;
}) {
  return (
    <div class="ge-picker__field">
      <label class="utrecht-form-label" for={id}>
        {label}
      </label>
      <select class="utrecht-select utrecht-select--html-select" id={id} name={id}>
        {options.map(({ key, name }) => (
          <option value={key} selected={key === chosen}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
