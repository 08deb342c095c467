import mongoose from 'mongoose';
import type { Municipality } from '../../schemas/generated/municipality.ts';
import schema from '../../schemas/municipality.schema.json' with { type: 'json' };
import { validator } from '../../schemas/validate.ts';
import { checkedOnWrite } from '../checked-on-write.ts';
import { problem } from '../problems.ts';

export type { Municipality };

/** What pages and mails show until the administrator has told who the municipality is. */
export const defaultMunicipality: Municipality = {
  name: 'Gemeente Voorbeeld',
  senderName: 'Gemeente Voorbeeld',
  contact: { email: 'contact@gemeente.example', phone: '14 000', url: 'https://gemeente.example' },
  privacyStatementUrl: 'https://gemeente.example/privacy',
};

const check = validator<Municipality>(schema);

const MunicipalityModel = mongoose.model(
  'Municipality',
  new mongoose.Schema<{ _id: string; settings: Municipality }>(
    {
      _id: { type: String, required: true },
      settings: { type: mongoose.Schema.Types.Mixed, required: true },
    },
    checkedOnWrite,
  ),
  'municipality',
);

/** The municipality of this installation; `defaultMunicipality` until one was put. */
export async function getMunicipality(): Promise<Municipality> {
  const stored = await MunicipalityModel.findById('municipality').lean();
  return stored?.settings ?? defaultMunicipality;
}

/**
 * Checks and keeps the municipality, in place of the former one.
 * @throws Problem `invalidBody` with all faults.
 */
export async function putMunicipality(value: unknown): Promise<Municipality> {
  const checked = check(value);
  if (!checked.ok) throw problem('invalidBody', { faults: checked.faults });
  await MunicipalityModel.replaceOne(
    { _id: 'municipality' },
    { _id: 'municipality', settings: checked.value },
    { upsert: true },
  );
  return checked.value;
}
