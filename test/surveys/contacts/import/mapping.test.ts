import { expect } from 'chai';
import type { ContactMapping } from '../../../../schemas/generated/contact-mapping.ts';
import { checkMapping, columnsOf, compileMapping } from '../../../../surveys/contacts/import/mapping.ts';

const mapping: ContactMapping = {
  timeZone: 'Europe/Amsterdam',
  dateFormat: 'dd-MM-yyyy HH:mm',
  fields: {
    source: { constant: 'zaaksysteem' },
    id: { template: 'zaak-{Nummer}' },
    occurredAt: {
      dates: [{ column: 'Gesloten', notBefore: 'Geopend', notAfterNow: true }, { column: 'Geopend' }],
    },
    department: { column: 'Afdeling', key: true },
    channel: { column: 'Kanaal', values: { Balie: 'counter', Telefoon: 'phone' } },
    product: { column: 'Product', values: { '?': 'onbekend' }, otherwise: 'keep', key: true },
    confidential: { column: 'Geheim', values: { ja: true, nee: false }, otherwise: { use: true } },
    email: { column: 'Mail' },
  },
};

const row = {
  Nummer: '12',
  Geopend: '28-03-2026 23:30',
  Gesloten: '29-03-2026 12:00',
  Afdeling: 'Burgerzaken & Café',
  Kanaal: 'Balie',
  Product: 'Paspoort',
  Geheim: 'nee',
  Mail: 'jan@example.org',
};

function map(changes: Partial<typeof row> = {}, now = '2026-04-01T00:00:00Z') {
  return compileMapping(mapping)(new Map(Object.entries({ ...row, ...changes })), new Date(now));
}

describe('mapping the rows of a file', () => {
  it('makes a contact of columns, constants, templates and tables', () => {
    expect(map()).to.deep.equal({
      ok: true,
      value: {
        source: 'zaaksysteem',
        id: 'zaak-12',
        occurredAt: '2026-03-29T10:00:00.000Z',
        department: 'burgerzaken-cafe',
        channel: 'counter',
        product: 'paspoort',
        confidential: false,
        recipient: { email: 'jan@example.org' },
      },
    });
  });

  for (const [name, changes, now] of [
    ['there is none', { Gesloten: '' }, undefined],
    ['it is no date', { Gesloten: '32-03-2026 12:00' }, undefined],
    ['it lies before the opening', { Gesloten: '01-01-1900 12:00' }, undefined],
    ['it lies in the future', {}, '2026-03-29T09:59:59Z'],
  ] as const) {
    it(`takes the opening instead of the closing when ${name}`, () => {
      const mapped = map(changes, now);
      expect(mapped.ok && mapped.value.occurredAt).to.equal('2026-03-28T22:30:00.000Z');
    });
  }

  it('leaves out what is empty', () => {
    const mapped = map({ Product: '', Mail: '', Nummer: '' });
    expect(mapped.ok && mapped.value).to.not.have.any.keys('product', 'recipient', 'id');
  });

  it('has a postal address only where a row has all of it', () => {
    const parts = ['name', 'street', 'houseNumber', 'postcode', 'city'];
    const address = Object.fromEntries(parts.map((part) => [part, { column: part }]));
    const withAddress = { ...mapping, fields: { ...mapping.fields, address } };
    const checked = checkMapping(withAddress);
    expect(checked.ok && columnsOf(checked.value)).to.include.all.keys(parts);
    const read = (columns: object) => {
      const all = new Map(Object.entries({ ...row, ...columns }));
      if (!checked.ok) throw new Error('The mapping is refused');
      const mapped = compileMapping(checked.value)(all, new Date('2026-04-01T00:00:00Z'));
      return mapped.ok ? mapped.value.recipient : undefined;
    };
    const jansen = {
      name: 'J. Jansen',
      street: 'Kade',
      houseNumber: '1',
      postcode: '1315 HT',
      city: 'Almere',
    };
    expect(read({ ...jansen, Mail: '' })).to.deep.equal({ address: jansen });
    expect(read({ ...jansen, postcode: '' })).to.deep.equal({ email: 'jan@example.org' });
  });

  it('keeps, replaces or refuses a value that the table lacks', () => {
    const kept = map({ Product: 'Rijbewijs', Geheim: 'misschien' });
    expect(kept.ok && kept.value).to.include({ product: 'rijbewijs', confidential: true });
    expect(map({ Kanaal: 'Duif' })).to.deep.include({ ok: false, reason: 'unmappedValue' });
    expect(map({ Kanaal: 'toString' })).to.deep.include({ ok: false, reason: 'unmappedValue' });
  });

  it('refuses a row without a plausible date', () => {
    const mapped = map({ Gesloten: '', Geopend: 'gisteren' });
    expect(mapped).to.deep.include({ ok: false, reason: 'noDate' });
  });

  it('names every column it needs', () => {
    expect([...columnsOf(mapping)].sort()).to.deep.equal(Object.keys(row).sort());
  });

  it('is refused with its faults', () => {
    const faults = (value: unknown) => {
      const checked = checkMapping(value);
      return checked.ok ? [] : checked.faults.map(({ pointer }) => pointer);
    };
    expect(faults(mapping)).to.deep.equal([]);
    expect(faults({ ...mapping, timeZone: 'Mars/Olympus' })).to.deep.equal(['/timeZone']);
    expect(
      faults({ fields: { ...mapping.fields, id: undefined, colour: { constant: 'red' } } }),
    ).to.include.members(['/fields/colour']);
  });
});
