import type { LabelledComment as Line } from '../../schemas/generated/labelled-comment.ts';
import schema from '../../schemas/labelled-comment.schema.json' with { type: 'json' };
import { type Fault, validator } from '../../schemas/validate.ts';
import { readNdjson } from '../../surveys/files/ndjson-rows.ts';
import type { PersonalData, PersonalDataKind } from '../../surveys/responses/redaction.ts';

/** What an offset counts: UTF-16 code units (JavaScript, Java, C#) or code points (Python). */
export type OffsetUnit = 'utf-16' | 'code-points';

export interface LabelledComment {
  line: number;
  text: string;
  /** In UTF-16 code units, `end` exclusive. */
  labels: PersonalData[];
  /** Kinds of labels that redaction does not know; those labels are left out. */
  otherKinds: string[];
  set?: Line['set'];
}

export interface BadLine {
  line: number;
  faults: Fault[];
}

const validate = validator<Line>(schema);

/** Other names for the kinds, in lower case and without anything but letters. */
export const synonyms: Record<PersonalDataKind, string[]> = {
  email: ['email', 'emailaddress', 'emailadres', 'mail', 'mailadres'],
  phone: [
    'phone',
    'phonenumber',
    'telephone',
    'telephonenumber',
    'telefoon',
    'telefoonnummer',
    'tel',
    'mobile',
  ],
  iban: ['iban', 'ibannumber', 'ibancode', 'bankaccount', 'accountnumber', 'rekeningnummer', 'bankrekening'],
  bsn: ['bsn', 'nlbsn', 'bsnnumber', 'bsnnummer', 'burgerservicenummer', 'citizenservicenumber', 'ssn'],
  address: [
    ...['address', 'adres', 'postaladdress', 'postcode', 'postalcode', 'zipcode', 'zip', 'postcodehouse'],
    ...['postcodehousenumber', 'postcodewithhousenumber', 'postcodeandhousenumber', 'postcodenumber'],
    ...['postcodehuisnummer', 'postcodemethuisnummer', 'postcodeenhuisnummer'],
  ],
};

const kinds = new Map(
  Object.entries(synonyms).flatMap(([kind, names]) => names.map((name) => [name, kind as PersonalDataKind])),
);

/** Reads labelled comments, one JSON object a line. A bad line comes out with its faults and spoils no other. */
export async function readLabelledComments(
  file: string,
  unit: OffsetUnit = 'utf-16',
): Promise<{ comments: LabelledComment[]; badLines: BadLine[] }> {
  const comments: LabelledComment[] = [];
  const badLines: BadLine[] = [];
  for await (const { line, content } of readNdjson(file)) {
    const read = content.ok ? toComment(line, content.value, unit) : unreadable(content.reason);
    if (Array.isArray(read)) badLines.push({ line, faults: read });
    else comments.push(read);
  }
  return { comments, badLines };
}

function unreadable(code: string): Fault[] {
  return [{ pointer: '', code, detail: code === 'invalidJson' ? 'is no JSON' : 'is no UTF-8' }];
}

function toComment(line: number, value: unknown, unit: OffsetUnit): LabelledComment | Fault[] {
  const checked = validate(value);
  if (!checked.ok) return checked.faults;
  const { text, spans, set } = checked.value;
  const offsets = unit === 'code-points' ? codePointOffsets(text) : undefined;
  const length = offsets ? offsets.length - 1 : text.length;
  const faults = spans.flatMap(({ start, end }, index) =>
    start < end && end <= length
      ? []
      : [
          {
            pointer: `/spans/${index}`,
            code: 'range',
            detail: `${start} to ${end} is no part of a text of ${length}`,
          },
        ],
  );
  if (faults.length > 0) return faults;
  const named = spans.map((span) => ({
    start: offsets?.[span.start] ?? span.start,
    end: offsets?.[span.end] ?? span.end,
    kind: kinds.get(span.kind.toLowerCase().replace(/[^a-z]/g, '')),
    name: span.kind,
  }));
  return {
    line,
    text,
    labels: named.flatMap(({ start, end, kind }) => (kind ? [{ start, end, kind }] : [])),
    otherKinds: named.flatMap(({ kind, name }) => (kind ? [] : [name])),
    ...(set && { set }),
  };
}

/** Where each code point starts in UTF-16 code units; the last entry is the end of the text. */
function codePointOffsets(text: string): number[] {
  const offsets = [0];
  for (const character of text) offsets.push(offsets.at(-1)! + character.length);
  return offsets;
}
