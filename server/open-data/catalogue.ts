import { lastDayOf } from '../../surveys/aggregates/index.ts';
import type { Municipality } from '../../surveys/municipality/index.ts';
import type { FileEntry, OpenDataEdition } from '../../surveys/open-data/index.ts';
import context from './context.json' with { type: 'json' };
import { both, tableTitle, texts } from './texts.ts';

const authority = 'http://publications.europa.eu/resource/authority';
const languages = ['NLD', 'ENG'].map((code) => ({ '@id': `${authority}/language/${code}` }));
/** Government and public sector. */
const theme = { '@id': `${authority}/data-theme/GOVE` };

/** Per media type: its name at IANA and in the file types of the European Union. */
const formats: Readonly<Record<string, { iana: string; fileType: string }>> = {
  'text/csv': { iana: 'text/csv', fileType: 'CSV' },
  'application/csvm+json': { iana: 'application/csvm+json', fileType: 'JSON' },
  'application/json': { iana: 'application/json', fileType: 'JSON' },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
    iana: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    fileType: 'XLSX',
  },
};

interface Catalogued {
  /** Address of this service. */
  baseUrl: string;
  municipality: Municipality & Required<Pick<Municipality, 'openData'>>;
  editions: readonly OpenDataEdition[];
  /** Titles of the surveys, by key. */
  titles: ReadonlyMap<string, Readonly<Record<'nl' | 'en', string>>>;
}

/**
 * The editions as a catalogue in JSON-LD: each a dataset, each file a distribution with its checksum.
 * Source: DCAT-AP-NL 3.0, Geonovum, 12 December 2024; spdx:checksum as in DCAT 3.
 */
export function toCatalogue(all: Catalogued): Record<string, unknown> {
  const { baseUrl, municipality, editions } = all;
  const page = `${baseUrl}/open-data`;
  const agents = agentsOf(municipality);
  const days = editions.map(({ publishedAt }) => dayOf(publishedAt)).sort();
  return {
    '@context': context,
    '@id': `${page}/catalogue`,
    '@type': 'dcat:Catalog',
    'dct:title': both(texts.catalogue.title),
    'dct:description': both(texts.catalogue.description),
    'dct:language': languages,
    'dct:publisher': agents.publisher,
    'dct:creator': agents.publisher,
    'dcat:contactPoint': agents.contact,
    'dct:license': licence(municipality),
    'dcat:themeTaxonomy': { '@id': `${authority}/data-theme` },
    'foaf:homepage': { '@id': page, '@type': 'foaf:Document' },
    ...(days.length > 0 && { 'dct:issued': date(days[0]!), 'dct:modified': date(days.at(-1)!) }),
    'dcat:dataset': editions.map((edition) => datasetOf(all, edition)),
  };
}

function datasetOf({ baseUrl, municipality, editions, titles }: Catalogued, edition: OpenDataEdition) {
  const id = `${baseUrl}/open-data/${edition._id}`;
  const { survey, release, floor, from, to, publishedAt } = edition;
  const title = titles.get(survey) ?? { nl: survey, en: survey };
  const agents = agentsOf(municipality);
  const before = editions.find((other) => other.survey === survey && other.release < release);
  return {
    '@id': id,
    '@type': 'dcat:Dataset',
    'dct:identifier': id,
    'dct:title': (['nl', 'en'] as const).flatMap((language) =>
      both(texts.dataset.title, { survey: title[language], release }).filter(
        (text) => text['@language'] === language,
      ),
    ),
    'dct:description': both(texts.dataset.description, { floor }),
    'dct:provenance': [texts.dataset.methods, texts.dataset.suppression].map((text) => ({
      '@type': 'dct:ProvenanceStatement',
      'rdfs:label': both(text, { floor }),
    })),
    'dcat:keyword': (['nl', 'en'] as const).flatMap((language) =>
      texts.dataset.keywords[language].map((word) => ({ '@language': language, '@value': word })),
    ),
    'dcat:theme': theme,
    'dct:language': languages,
    'dct:accessRights': { '@id': `${authority}/access-right/PUBLIC` },
    'dct:publisher': agents.publisher,
    'dct:creator': agents.publisher,
    'dcat:contactPoint': agents.contact,
    'dcat:landingPage': { '@id': id, '@type': 'foaf:Document' },
    'dct:issued': date(dayOf(publishedAt)),
    'dct:modified': date(dayOf(publishedAt)),
    'dct:temporal': {
      '@type': 'dct:PeriodOfTime',
      'dcat:startDate': date(`${from}-01`),
      'dcat:endDate': date(lastDayOf(to)),
    },
    'dct:accrualPeriodicity': { '@id': `${authority}/frequency/NEVER` },
    'adms:status': { '@id': `${authority}/dataset-status/COMPLETED` },
    'dcat:version': String(release),
    ...(before && { 'dcat:previousVersion': { '@id': `${baseUrl}/open-data/${before._id}` } }),
    'dcat:distribution': edition.files.map((file) => distributionOf(id, municipality, edition, file)),
  };
}

function distributionOf(
  dataset: string,
  municipality: Catalogued['municipality'],
  { publishedAt }: OpenDataEdition,
  { name, table, type, bytes, checksum }: FileEntry,
) {
  const { iana, fileType } = formats[type]!;
  const url = `${dataset}/${name}`;
  return {
    '@id': `${url}#distribution`,
    '@type': 'dcat:Distribution',
    'dct:title': (['nl', 'en'] as const).map((language) => ({
      '@language': language,
      '@value': `${tableTitle(table, language)} (${name})`,
    })),
    'dcat:accessURL': { '@id': dataset },
    'dcat:downloadURL': { '@id': url },
    'dcat:mediaType': { '@id': `https://www.iana.org/assignments/media-types/${iana}` },
    'dct:format': { '@id': `${authority}/file-type/${fileType}` },
    'dct:license': licence(municipality),
    'dct:language': languages,
    'dct:issued': date(dayOf(publishedAt)),
    'dcat:byteSize': { '@type': 'xsd:nonNegativeInteger', '@value': String(bytes) },
    'adms:status': { '@id': `${authority}/distribution-status/COMPLETED` },
    'spdx:checksum': {
      '@type': 'spdx:Checksum',
      'spdx:algorithm': { '@id': 'spdx:checksumAlgorithm_sha256' },
      'spdx:checksumValue': { '@type': 'xsd:hexBinary', '@value': checksum },
    },
  };
}

function agentsOf({ name, contact, openData }: Catalogued['municipality']) {
  return {
    publisher: {
      '@id': openData.publisher,
      '@type': 'foaf:Agent',
      'foaf:name': { '@language': 'nl', '@value': name },
    },
    contact: {
      '@type': ['vcard:Kind', 'vcard:Organization'],
      'vcard:fn': name,
      'vcard:hasEmail': { '@id': `mailto:${contact.email}` },
    },
  };
}

function licence({ openData }: Catalogued['municipality']) {
  return { '@id': openData.licence, '@type': 'dct:LicenseDocument' };
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

function date(day: string) {
  return { '@type': 'xsd:date', '@value': day };
}
