import type { LinkState, SharedLink } from '../../../surveys/shared-links/index.ts';
import { dayText } from '../../staff/moments.ts';
import { StaffForm } from '../../staff/staff-form.tsx';
import { DataTable } from '../components/data-table.tsx';
import { FormFaults } from '../components/error-summary.tsx';
import { TextField } from '../components/fields.tsx';
import { Page } from '../components/page.tsx';
import { SelectField } from '../components/select-field.tsx';
import { Alert, Heading1, Heading2, Link, Paragraph } from '../components/text.tsx';
import type { TextKey } from '../i18n.ts';
import type { StaffPageContext } from '../page-context.ts';
import { type CardChoices, type CardForm, type CardKind, cardKinds } from './new-card.ts';

/** A code that was made, for the list. */
export interface ListedCard {
  link: SharedLink;
  code: string;
  state: LinkState;
  /** Last day on which it works. */
  lastDay: string;
}

interface CardsPageProps {
  page: StaffPageContext;
  choices: CardChoices;
  form: CardForm;
  faults: TextKey[];
  cards: ListedCard[];
  /** Comes back from closing one. */
  closed: boolean;
}

const kinds = Object.keys(cardKinds) as CardKind[];

/** Codes of the customer journey: those that there are, and a form for a new one. */
export function CardsPage({ page, choices, form, faults, cards, closed }: CardsPageProps) {
  const { t } = page;
  const none = { key: '', name: t('cards.any') };
  return (
    <Page page={page} title={t('cards.title')} faulty={faults.length > 0} wide>
      <FormFaults t={t} faults={faults} />
      <Heading1>{t('cards.title')}</Heading1>
      {closed && (
        <Alert kind="ok" title={t('cards.closed')} focus>
          <Paragraph>{t('closed.expiredTitle')}</Paragraph>
        </Alert>
      )}
      <Paragraph lead>{t('cards.lead')}</Paragraph>
      <Heading2>{t('cards.new')}</Heading2>
      <StaffForm page={page} action="/cards" submit={t('cards.make')}>
        <SelectField
          id="kind"
          label={t('cards.kind')}
          options={kinds.map((key) => ({ key, name: t(`cards.kind.${key}`) }))}
          chosen={form.kind}
        />
        <SelectField
          id="department"
          label={t('cards.department')}
          options={choices.departments}
          chosen={form.department}
        />
        <SelectField
          id="channel"
          label={t('cards.channel')}
          options={choices.channels}
          chosen={form.channel}
        />
        <SelectField
          id="product"
          label={t('cards.product')}
          options={[none, ...choices.products]}
          chosen={form.product}
        />
        <SelectField
          id="stage"
          label={t('cards.stage')}
          options={[none, ...choices.stages]}
          chosen={form.stage}
        />
        <TextField
          id="until"
          label={t('cards.until')}
          hint={t('cards.untilHint')}
          type="date"
          value={form.until}
        />
      </StaffForm>
      <Heading2>{t('cards.list')}</Heading2>
      {cards.length === 0 ? (
        <Paragraph>{t('cards.listNone')}</Paragraph>
      ) : (
        <Cards page={page} choices={choices} cards={cards} />
      )}
    </Page>
  );
}

function Cards({ page, choices, cards }: Pick<CardsPageProps, 'page' | 'choices' | 'cards'>) {
  const { locale, t } = page;
  const nameOf = (list: { key: string; name: string }[], key: string | undefined) =>
    key === undefined ? '–' : (list.find((one) => one.key === key)?.name ?? key);
  return (
    <DataTable
      caption={t('cards.list')}
      head={[
        ...(['code', 'kind', 'department', 'channel', 'product', 'stage', 'until', 'state'] as const).map(
          (name) => t(`cards.${name}`),
        ),
        t('cards.close'),
      ]}
      rows={cards.map(({ link, code, state, lastDay }) => [
        <Link href={`/cards/${link._id}?lang=${locale}`}>
          {code}
          <span class="ge-visually-hidden">{`: ${t('cards.open')}`}</span>
        </Link>,
        kindName(link, page),
        nameOf(choices.departments, link.department),
        nameOf(choices.channels, link.channel),
        nameOf(choices.products, link.product),
        nameOf(choices.stages, link.stage),
        dayText(lastDay, locale),
        t(`cards.state.${state}`),
        state === 'closed' ? (
          '–'
        ) : (
          <StaffForm
            page={page}
            action={`/cards/${link._id}/close`}
            submit={t('cards.close')}
            about={code}
            secondary
          />
        ),
      ])}
    />
  );
}

function kindName({ purpose }: SharedLink, { t }: StaffPageContext): string {
  const kind = kinds.find((one) => one === purpose) ?? 'card';
  return t(`cards.kind.${kind}`);
}
