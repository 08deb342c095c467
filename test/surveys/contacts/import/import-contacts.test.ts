import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { importContacts } from '../../../../surveys/contacts/import/index.ts';
import { ContactModel } from '../../../../surveys/contacts/index.ts';
import { InvitationModel } from '../../../../surveys/invitations/index.ts';
import { testContext } from '../../../support/context.ts';
import { useDirectory } from '../../../support/files.ts';
import { useStore } from '../../../support/store.ts';
import { contactEvent, publishCustomerJourney } from '../contact-events.ts';

const mapping = {
  dateFormat: 'dd-MM-yyyy HH:mm',
  fields: {
    source: { constant: 'balie' },
    id: { column: 'nr' },
    occurredAt: { dates: [{ column: 'op' }] },
    department: { column: 'afdeling', key: true },
    channel: { column: 'kanaal', values: { Balie: 'counter' } },
    email: { column: 'mail' },
  },
};

const csv = Buffer.concat([
  Buffer.from('\ufeffnr;op;afdeling;kanaal;mail\r\n'),
  Buffer.from('1;09-03-2026 10:00;Burgerzaken;Balie;a@voorbeeld.example\r\n'),
  Buffer.from('2;09-03-2026 10:00;Burgerzaken;Duif;b@voorbeeld.example\r\n'),
  Buffer.from('3;gisteren;Burgerzaken;Balie;c@voorbeeld.example\r\n'),
  Buffer.from('4;09-03-2026 10:00;Burgerzaken\r\n'),
  Buffer.from([0x35, 0x3b, 0xff, 0xfe]),
  Buffer.from(';Burgerzaken;Balie;d@voorbeeld.example\r\n'),
  Buffer.from('6;09-03-2027 10:00;Burgerzaken;Balie;=cmd()@voorbeeld.example\r\n'),
  Buffer.from('7;09-03-2026 10:00;Burgerzaken;Balie;\r\n'),
  Buffer.from('8;09-03-2026 11:00;Burgerzaken;Balie;A@voorbeeld.example\r\n'),
]);

const expected = {
  rows: 8,
  decisions: { invited: 1, skipped: 2, rejected: 5 },
  reasons: {
    skipped: { noAddress: 1, capped: 1 },
    rejected: { unmappedValue: 1, noDate: 1, raggedRow: 1, brokenUtf8: 1, invalid: 1 },
  },
};

describe('importing contacts', () => {
  useStore();
  const file = useDirectory();
  const ctx = testContext('2026-03-10T09:00:00Z');
  beforeEach(() => publishCustomerJourney(ctx));

  it('stores the good rows and names the reason of each bad one', async () => {
    const rejectedFile = file('rejected.csv');
    const summary = await importContacts(ctx, { file: file('contacts.csv', csv), mapping, rejectedFile });
    expect(summary).to.deep.equal({ ...expected, dryRun: false });
    expect(await ContactModel.countDocuments()).to.equal(3);
    const [heading, ...rows] = readFileSync(rejectedFile, 'utf8').trim().split('\r\n');
    expect(heading).to.equal('line,reason,detail,nr,op,afdeling,kanaal,mail');
    expect(rows.map((row) => row.split(',').slice(0, 2).join(' '))).to.deep.equal([
      '3 unmappedValue',
      '4 noDate',
      '5 raggedRow',
      '6 brokenUtf8',
      '7 invalid',
    ]);
    expect(rows[4]).to.include("'=cmd()");
  });

  it('does nothing new when it is repeated', async () => {
    const path = file('contacts.csv', csv);
    await importContacts(ctx, { file: path, mapping });
    const before = [await ContactModel.find().lean(), await InvitationModel.find().lean()];
    expect(await importContacts(ctx, { file: path, mapping })).to.deep.equal({ ...expected, dryRun: false });
    expect([await ContactModel.find().lean(), await InvitationModel.find().lean()]).to.deep.equal(before);
  });

  it('decides the same in a dry run, and stores nothing', async () => {
    const summary = await importContacts(ctx, { file: file('contacts.csv', csv), mapping, dryRun: true });
    expect(summary).to.deep.equal({ ...expected, dryRun: true });
    expect(await ContactModel.countDocuments()).to.equal(0);
  });

  it('takes NDJSON, as contact events or by a mapping, and tells how far it is', async () => {
    const seen: number[] = [];
    const events = file('events.ndjson', `${JSON.stringify(contactEvent())}\n{"source":1}\n{{\n`);
    const summary = await importContacts(ctx, {
      file: events,
      onProgress: ({ bytes, totalBytes }) => seen.push(bytes / totalBytes),
    });
    expect(summary.decisions).to.deep.equal({ invited: 1, skipped: 0, rejected: 2 });
    expect(seen.at(-1)).to.equal(1);

    const row = {
      nr: 12,
      op: '09-03-2026 10:00',
      afdeling: 'Burgerzaken',
      kanaal: 'Balie',
      mail: 'x@voorbeeld.example',
    };
    const rows = file('rows.jsonl', JSON.stringify(row));
    expect((await importContacts(ctx, { file: rows, mapping })).decisions.invited).to.equal(1);
  });

  it('refuses a mapping with faults, and a file that lacks a column', async () => {
    const path = file('short.csv', 'nr,op\n1,2\n');
    const refusal = (mapping?: unknown) =>
      importContacts(ctx, { file: path, mapping }).catch(({ code, message }) => `${code}: ${message}`);
    expect(await refusal()).to.equal('badRequest: A CSV file needs a mapping.');
    expect(await refusal({ fields: {} })).to.equal('badRequest: The mapping has faults.');
    expect(await refusal(mapping)).to.match(
      /^badRequest: The file lacks columns .* afdeling, kanaal, mail\.$/,
    );
  });
});
