import type { SharedLink } from '../../../surveys/shared-links/index.ts';
import { Page } from '../components/page.tsx';
import { Alert, Heading1, Link, List, Paragraph } from '../components/text.tsx';
import type { StaffPageContext } from '../page-context.ts';

export interface CardPageProps {
  page: StaffPageContext;
  link: SharedLink;
  code: string;
  /** Address of the start page, without `https://`, where the code is typed. */
  host: string;
  /** The QR code of the questions, as SVG. */
  qr: string;
  form: 'cards' | 'letter';
}

const cardsOnPaper = 8;

/** One code, ready to print or to open. */
export function CardPage(props: CardPageProps) {
  const { page, link, code, form } = props;
  const { locale, t } = page;
  const path = `/cards/${link._id}`;
  const isPrinted = link.purpose === 'card';
  return (
    <Page page={page} title={`${t('cards.code')} ${code}`} query={{ form }} paper>
      <div class="ge-no-print">
        <Heading1>{`${t('cards.code')} ${code}`}</Heading1>
        <Paragraph>
          <Link href={`/cards?lang=${locale}`}>{t('cards.back')}</Link>
        </Paragraph>
        {isPrinted && (
          <>
            <Paragraph>{t('cards.printHow')}</Paragraph>
            <List
              items={(['cards', 'letter'] as const).map((one) => (
                <Link href={`${path}?lang=${locale}&form=${one}`}>
                  {t(one === 'cards' ? 'cards.asCards' : 'cards.asLetter')}
                </Link>
              ))}
            />
          </>
        )}
      </div>
      {isPrinted ? form === 'cards' ? <Cards {...props} /> : <Letter {...props} /> : <Screen {...props} />}
    </Page>
  );
}

function Cards(props: CardPageProps) {
  const { site, t } = props.page;
  return (
    <ul class="ge-cards">
      {Array.from({ length: cardsOnPaper }, () => (
        <li class="ge-card">
          <p class="ge-card__title">{t('cards.ask')}</p>
          <p class="ge-card__by">{site.municipality.name}</p>
          <Code {...props} />
        </li>
      ))}
    </ul>
  );
}

function Letter(props: CardPageProps) {
  const { site, t } = props.page;
  const { name, contact } = site.municipality;
  return (
    <section class="ge-letter" aria-label={t('cards.asLetter')}>
      <p class="ge-card__title">{t('cards.ask')}</p>
      <p>{t('cards.letterDear')}</p>
      <p>{t('cards.letterWhy', { municipality: name })}</p>
      <p>{t('cards.askText')}</p>
      <Code {...props} />
      <p>{t('cards.letterPhone', { phone: contact.phone })}</p>
      <p>{name}</p>
    </section>
  );
}

function Code({ page: { t }, code, host, qr }: CardPageProps) {
  return (
    <div class="ge-code">
      {/* Drawn by us from an address of ours. */}
      <div class="ge-code__qr" dangerouslySetInnerHTML={{ __html: qr }} />
      <div>
        <p>{t('cards.scan', { address: host })}</p>
        <p class="ge-code__text">{code}</p>
      </div>
    </div>
  );
}

function Screen({ page: { t }, link, code }: CardPageProps) {
  const path = `/r/${code}`;
  const title = t(link.purpose === 'kiosk' ? 'cards.kind.kiosk' : 'cards.kind.phone');
  return (
    <Alert kind="info" title={title}>
      <Paragraph>{t(link.purpose === 'kiosk' ? 'cards.kioskHow' : 'cards.phoneHow')}</Paragraph>
      <Paragraph>
        <Link href={path}>{t('cards.start')}</Link> <span class="ge-break">{path}</span>
      </Paragraph>
    </Alert>
  );
}
