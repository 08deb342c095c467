import mongoose from 'mongoose';
import type { SurveySettings } from '../../schemas/generated/survey-settings.ts';
import schema from '../../schemas/survey-settings.schema.json' with { type: 'json' };
import { validator } from '../../schemas/validate.ts';
import { publishedSurvey } from '../definitions/index.ts';
import { problem } from '../problems.ts';

const defaults = {
  delayWorkingDays: 1,
  channelDelays: {} as Record<string, number>,
  expiryDays: 30,
  capDays: 90,
  maximumAgeDays: 30,
  sampling: { default: 1 } as NonNullable<SurveySettings['sampling']>,
  target: 0.8,
};
const floors = { residents: 10, staff: 5 } as const;

/** The settings in force: what was put, and the defaults for the rest. */
export type SettingsInForce = SurveySettings & typeof defaults & { floor: number };

interface StoredSettings {
  _id: string;
  settings: SurveySettings;
}

const settingsSchema = new mongoose.Schema<StoredSettings>(
  {
    _id: { type: String, required: true },
    settings: { type: mongoose.Schema.Types.Mixed, required: true },
  },
  { strict: 'throw', versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
);
const SettingsModel = mongoose.model('SurveySettings', settingsSchema, 'surveySettings');

const check = validator<SurveySettings>(schema);

/** The settings of a survey. @throws Problem `notFound` when no survey of that key is published. */
export async function surveySettings(key: string): Promise<SettingsInForce> {
  const published = await publishedSurvey(key);
  if (!published) throw problem('notFound');
  const stored = await SettingsModel.findById(key).lean();
  const floor = floors[published.survey.audience];
  // Residents are capped over the whole municipality; a colleague asked for a quickscan is not a resident.
  const capDays = published.survey.audience === 'staff' ? 0 : defaults.capDays;
  return { ...defaults, floor, capDays, ...stored?.settings };
}

/**
 * Replaces the settings of a survey; what is left out has its default again.
 * @throws Problem `invalidBody` with all faults, or `notFound` when no survey of that key is published.
 */
export async function putSurveySettings(key: string, value: unknown): Promise<SettingsInForce> {
  const checked = check(value);
  if (!checked.ok) throw problem('invalidBody', { faults: checked.faults });
  if (!(await publishedSurvey(key))) throw problem('notFound');
  await SettingsModel.replaceOne({ _id: key }, { settings: checked.value }, { upsert: true });
  return surveySettings(key);
}
