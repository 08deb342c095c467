import { expect } from 'chai';
import { redact } from '../../../surveys/responses/redaction.ts';

/** Kind by kind: a comment as a resident may write it, and what is stored of it. */
const replaced: Record<string, [string, string][]> = {
  'e-mail addresses': [
    ['mail mij op jan.de.vries@voorbeeld.nl. Dank!', 'mail mij op [e-mail]. Dank!'],
    ['<piet@x.co.uk>, (a.b+c@sub.domein.nl)', '<[e-mail]>, ([e-mail])'],
    ['mailto:jan_de_vries@voorbeeld.amsterdam', 'mailto:[e-mail]'],
    ['jan @ voorbeeld . nl', '[e-mail]'],
    ['jan (at) voorbeeld punt nl is mijn adres', '[e-mail] is mijn adres'],
    ['jan[at]voorbeeld[dot]nl en piet apenstaartje gmail punt com', '[e-mail] en [e-mail]'],
    ['jan(apenstaart)voorbeeld.nl', '[e-mail]'],
    ['JAN AT VOORBEELD DOT NL', '[e-mail]'],
    ['jan at voorbeeld punt nl', '[e-mail]'],
    ['jan punt jansen apenstaartje gmail punt com', '[e-mail]'],
    ['I wrote to anna at outlook dot com', 'I wrote to [e-mail]'],
    ['reach me at jan.jansen at gmail.com', 'reach me at [e-mail]'],
    ['mail naar jan at voorbeeld.nl', 'mail naar [e-mail]'],
    ['jan@gmail, jan@voorbeeld,nl, j a n @ v o o r b e e l d . n l', '[e-mail], [e-mail], [e-mail]'],
    ['jan-at-voorbeeld-punt-nl, jan_at_voorbeeld.nl', '[e-mail], [e-mail]'],
    ['jan@gmail .com of "jan"@voorbeeld.nl', '[e-mail] of [e-mail]'],
    ['mijn mail is jan de wit at voorbeeld punt nl', 'mijn mail is [e-mail]'],
    ['jan@gmailcom, jan@voorbeeld..nl', '[e-mail], [e-mail]'],
    ['mailadres is j wit apenstaart voorbeeld punt nl', 'mailadres is [e-mail]'],
    ['jan@@voorbeeld.nl', '[e-mail]'],
    ['jan @voorbeeld.nl', '[e-mail]'],
  ],
  'phone numbers': [
    ['bel 06-12345678 of 0612345678', 'bel [telefoon] of [telefoon]'],
    ['06 12 34 56 78, 06.12.34.56.78 en 06/12345678', '[telefoon], [telefoon] en [telefoon]'],
    ['+31 6 12345678, +31 (0)6 12345678, 0031612345678', '[telefoon], [telefoon], [telefoon]'],
    ['(036) 539 99 11, 036 - 539 99 11 of 036-5399911.', '[telefoon], [telefoon] of [telefoon].'],
    ['O6-12345678 en 31612345678', '[telefoon] en [telefoon]'],
    ['0612345678/0687654321', '[telefoon]/[telefoon]'],
    ['tel.0612345678 tel:+31612345678 mobiel-0612345678', 'tel.[telefoon] tel:[telefoon] mobiel-[telefoon]'],
    ['0 6 1 2 3 4 5 6 7 8 of 6 12345678', '[telefoon] of [telefoon]'],
    ['2 x gebeld met 0612345678 2 keer', '2 x gebeld met [telefoon] 2 keer'],
    ['over mijn zaak 06-12345678', 'over mijn zaak [telefoon]'],
    ['call me on 07700 900123 or +44 20 7946 0958', 'call me on [telefoon] or [telefoon]'],
    ['my phone number is (212) 555-0123', 'my phone number is [telefoon]'],
    [
      'Contact: +1 212 555 0123, 0049 30 123456, 0470 12 34 56',
      'Contact: [telefoon], [telefoon], [telefoon]',
    ],
    ['nul zes, twaalf vierendertig zesenvijftig achtenzeventig', '[telefoon]'],
    ['oh six double one two two three three four four', '[telefoon]'],
    [
      '０６-１２３４５６７８, ٠٦١٢٣٤٥٦٧٨ en 06\u200b12\u00a034\u00a056\u00a078',
      '[telefoon], [telefoon] en [telefoon]',
    ],
    ['06\n12345678', '[telefoon]'],
    ['een cijfer te weinig: 036-123456', 'een cijfer te weinig: [telefoon]'],
    ['mobiel0612345678bellen', 'mobiel[telefoon]bellen'],
    ['jan@voorbeeld.nl/0612345678', '[e-mail]/[telefoon]'],
    ['telefoon van mijn moeder is 5399911', 'telefoon van mijn moeder is [telefoon]'],
    ['bel me op 612345678 of tel 5399911', 'bel me op [telefoon] of tel [telefoon]'],
    ['06:12:34:56:78', '[telefoon]'],
    ['noodcontactnummer: 06-12345678', 'noodcontactnummer: [telefoon]'],
    [
      'Terugbelnummer 0612345678, contacttelefoonnummer 0687654321',
      'Terugbelnummer [telefoon], contacttelefoonnummer [telefoon]',
    ],
    ['nul zes en dan 12 34 56 78', '[telefoon]'],
  ],
  'bank accounts': [
    ['NL91 ABNA 0417 1643 00.', '[iban].'],
    ['nl91abna0417164300 op naam van Jan', '[iban] op naam van Jan'],
    ['IBAN:NL91ABNA0417164300', 'IBAN:[iban]'],
    ['NL91|ABNA|0417|1643|00 en N L 9 1 A B N A 0 4 1 7 1 6 4 3 0 0', '[iban] en [iban]'],
    ['tikfout in mijn IBAN NL91 ABNA 0417 1643 01', 'tikfout in mijn IBAN [iban]'],
    ['letter voor cijfer: NL9l ABNA O4l7 l643 OO', 'letter voor cijfer: [iban]'],
    ['rek.nr. NL91 ABNA 0417 1643 01', 'rek.nr. [iban]'],
    ['DE89 3704 0044 0532 0130 00 BE68 5390 0754 7034', '[iban] [iban]'],
  ],
  'citizen service numbers': [
    ['BSN 123456782, bsn123456782, BSN:111222333.', 'BSN [bsn], bsn[bsn], BSN:[bsn].'],
    ['ik ben 123456782', 'ik ben [bsn]'],
    ['1234.56.782 of 123 456 782', '[bsn] of [bsn]'],
    ['mijn bsn is 123.456.782', 'mijn bsn is [bsn]'],
    ['bsn van mijn zoon is 1000.00.08', 'bsn van mijn zoon is [bsn]'],
    ['tikfout in bsn 123456783', 'tikfout in bsn [bsn]'],
    ['burgerservicenummer: 10000008', 'burgerservicenummer: [bsn]'],
    ['burgerserviesnummer 123456782, b s n 1 2 3 4 5 6 7 8 2', 'burgerserviesnummer [bsn], b s n [bsn]'],
    ['123456782,111222333', '[bsn],[bsn]'],
    ['dossier 123456782 (BSN), 123 45 67 82 is mijn bsn', 'dossier [bsn] (BSN), [bsn] is mijn bsn'],
  ],
  addresses: [
    ['Ik woon op 1315 AB 12 en dat is fijn', 'Ik woon op [adres] en dat is fijn'],
    ['1315ab12a', '[adres]'],
    ['1315 ab 12-3', '[adres]'],
    ['1315AB/12, 1315 AB, nr. 12 bis', '[adres], [adres]'],
    ['postcode 1315 AB, huisnummer 12', 'postcode [adres]'],
    ['1315 AB Almere, huisnummer 7', '[adres]'],
    ['Dorpsstraat 12, 1315 AB Almere', 'Dorpsstraat [adres] Almere'],
    ['In 2026 op straat. 1315 AB 12.', 'In 2026 op straat. [adres].'],
    ['hnr 12, pc 1315 AB', 'hnr [adres]'],
    ['1315 AB Almere, Dorpsstraat 12B', '[adres]'],
    ['Dorpsstraat 12 te Almere (1315 AB)', 'Dorpsstraat [adres])'],
    ['1315 AB 1 t/m 9, 1315 AB nummer twaalf', '[adres], [adres]'],
    ['Dorpsstraat 12a\n1315ab', 'Dorpsstraat [adres]'],
    ['Dorpsstraat 12 in 1315 AB 12', 'Dorpsstraat [adres]'],
    ['1315AB nrs 2, 1315 AB apartment 3, hn 40 pc 1315 AB', '[adres], [adres], hn [adres]'],
    ['Oostvaardersdijk 01-13, 1309AA', 'Oostvaardersdijk [adres]'],
    ['1315 AB 06-12345678', '1315 AB [telefoon]'],
    ['Dorpsstraat 12-2hg, 1315 AB', 'Dorpsstraat [adres]'],
    ['Dorpsstraat 12 -1, 1315 AB en op 12 - 14, 1315 AB', 'Dorpsstraat [adres] en op [adres]'],
    ['13 15 AB 12, 1315 A B 12', '[adres], [adres]'],
    ['dertien vijftien AB nummer twaalf', '[adres]'],
    ['1315 AB te Almere, Dorpsstraat nummer 12', '[adres]'],
    ['1315 AB Almere, 12a. Onze postcode is 1315 AB, house 12', '[adres]. Onze postcode is [adres]'],
    ['huisnummer is 12 en de postcode is 1315 AB', 'huisnummer is [adres]'],
    ['Dorpsstraat 12 (boven), 1315 AB', 'Dorpsstraat [adres]'],
    ['Dorpsstraat 12 kamer 114, 1315 AB', 'Dorpsstraat [adres]'],
    ['1315 AB huis 12, dertien vijftien A B nummer twaalf', '[adres], [adres]'],
  ],
};

/** Comments in which nothing may be touched. */
const kept: Record<string, string[]> = {
  'words around an at': [
    'I looked at almere dot nl and it was fine',
    'the form at almere.nl was fine',
    'Ik zag het @almere op X',
    'look at www.almere.nl',
    'mijn mailadres is veranderd van @voorbeeld.nl naar iets anders',
  ],
  'dates and times': [
    'afspraak op 01-02-2026 10:30, of 2026-03-01 09:00:00',
    '01-02-2026 10 30',
    'Gebeld op 06-12-2025 om 10.30',
    '2024-2025 en 10-12-2024 t/m 12-12-2024',
    'brief van 06-11-26 14.30 uur, 08.30-12.00 13.00-17.00',
    'open van 09.00-17.00 uur en 9:00 tot 10:30',
  ],
  amounts: [
    '€ 123.456.782 en € 123456782 en 123456782 euro, 123456782,50',
    'van 0,06 naar 0,12; 3.141592653; versie 1.123456782',
    "ik tel 150000 auto's",
    'I paid 123456782 dollars',
    'kosten 1450 EX 21 procent btw',
  ],
  'case numbers': [
    'Zaaknummer 0612345678, Z-0612345678, Z/23/0612345678',
    'zaaknummer 123456782 kenmerk: 123456782, Z123456782, 2026-123456782',
    '0612345678 is het kenmerk; uw referentie: 06 12345678',
    'het zaaknummer dat ik kreeg was 123456782, milieupas 123456782, paal 123456782',
    'serienummer van de thermostaat: 0612345678, put nr 123456782',
    'polisnummer 0612345678, factuur 2024.0612345678',
    'afvalpas 0036 1209 4471, chip 0102030405',
    "Bezwaarschrift 036/2026/112 van 5 pagina's",
    'btw NL123456782B01',
  ],
  'wrong check digits': ['NL91 ABNA 0417 1643 01 (fout)', 'nummer 123456783', '000000000'],
  'words that count': ['twee van de drie vier keer gebeld', 'één, twee, drie, vier, hoedje van papier'],
  'years and quantities': [
    'in 2019 al 5 keer gebeld, 2023 is 3 jaar geleden, 5000 kg 12',
    'IN 2024 EN 12 KEER',
    'in 2024 nr 12 gemeld; OM 10 30 EN 12 KEER; klassen 12 14 VWO 3',
    'Van 2020 tm 2023',
    'Op 3 mei 2024, 1315 AB is mijn postcode',
  ],
  'a postcode alone, or with a count': [
    ...['1315 AB is mijn wijk', '1315 AB 3 keer gemeld', '1315 AB 3x gemeld', 'Dorpsstraat 12'],
    ...['1315 AB en 1315 AC: 2 straten', 'bus 2 in 1315 AB', 'melding 12, 1315 AB', '1315 AB Almere, 2026'],
  ],
  'a post box': ['Postbus 200, 1300 AE Almere'],
  'service numbers': ['bel 14036 of 112', '0800-1234 en 0900 8844'],
  markup: ['<script>alert("1")</script> & <b>goed</b> $where __proto__'],
};

describe('redaction', () => {
  for (const [kind, cases] of Object.entries(replaced)) {
    describe(`replaces ${kind}`, () => {
      for (const [text, expected] of cases) it(text, () => expect(redact(text)).to.equal(expected));
    });
  }

  for (const [kind, texts] of Object.entries(kept)) {
    describe(`keeps ${kind}`, () => {
      for (const text of texts) it(text, () => expect(redact(text)).to.equal(text));
    });
  }
});
