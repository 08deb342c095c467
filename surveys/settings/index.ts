import mongoose from 'mongoose';
import type { SurveySettings } from '../../schemas/generated/survey-settings.ts';
import schema from '../../schemas/survey-settings.schema.json' with { type: 'json' };
import { validator } from '../../schemas/validate.ts';
import {
  arenaTables,
  checkTables,
  contactTables,
  type ReleaseTable,
  roundTables,
} from '../aggregates/tables.ts';
import { checkedOnWrite } from '../checked-on-write.ts';
import { type PublishedSurvey, publishedSurvey } from '../definitions/index.ts';
import { problem } from '../problems.ts';

/** The settings in force: what was put, and the defaults for the rest. */
export type SettingsInForce = Required<Omit<SurveySettings, WithoutDefault | 'tables'>> &
  Pick<SurveySettings, WithoutDefault> & { tables: ReleaseTable[] };
type WithoutDefault = 'satisfiedFrom' | 'callbacks' | 'closesAt';

const tablesOf = {
  'customer-journey': contactTables,
  'golden-ear': roundTables,
  'client-arena': arenaTables,
};

function defaultsFor({ audience, instrument }: PublishedSurvey['survey']): SettingsInForce {
  const staff = audience === 'staff';
  return {
    delayWorkingDays: 1,
    channelDelays: {},
    reminderDays: 7,
    expiryDays: 30,
    // Residents are left alone over the whole municipality; a colleague asked for a quickscan is not a resident.
    capDays: staff ? 0 : 90,
    maximumAgeDays: 30,
    sampling: { default: 1 },
    floor: staff ? 5 : 10,
    // A round is a few people of one house: with more than 0 it would hardly ever show a result.
    knownAnswers: instrument === 'customer-journey' ? 2 : 0,
    target: 0.8,
    targets: {},
    tables: tablesOf[instrument],
  };
}

interface StoredSettings {
  _id: string;
  settings: SurveySettings;
}

const settingsSchema = new mongoose.Schema<StoredSettings>(
  {
    _id: { type: String, required: true },
    settings: { type: mongoose.Schema.Types.Mixed, required: true },
  },
  { ...checkedOnWrite, minimize: false },
);
const SettingsModel = mongoose.model('SurveySettings', settingsSchema, 'surveySettings');

const check = validator<SurveySettings>(schema);

/** The settings of a survey. @throws Problem `notFound` when no survey of that key is published. */
export async function surveySettings(key: string): Promise<SettingsInForce> {
  const published = await publishedSurvey(key);
  if (!published) throw problem('notFound');
  const stored = await SettingsModel.findById(key).lean();
  return { ...defaultsFor(published.survey), ...stored?.settings };
}

/**
 * Replaces the settings of a survey; what is left out has its default again.
 * @throws Problem `invalidBody` with all faults, or `notFound` when no survey of that key is published.
 */
export async function putSurveySettings(key: string, value: unknown): Promise<SettingsInForce> {
  const checked = check(value);
  if (!checked.ok) throw problem('invalidBody', { faults: checked.faults });
  const faults = checkTables(checked.value.tables ?? []);
  if (faults.length > 0) throw problem('invalidBody', { faults });
  if (!(await publishedSurvey(key))) throw problem('notFound');
  await SettingsModel.replaceOne({ _id: key }, { settings: checked.value }, { upsert: true });
  return surveySettings(key);
}

/** The share of satisfied to reach: of the product, else of the department, else of the survey. */
export function targetOf(
  { target, targets }: Pick<SettingsInForce, 'target' | 'targets'>,
  { product, department }: { product?: string | undefined; department?: string | undefined },
): number {
  const own = (of: Readonly<Record<string, number>> | undefined, key: string | undefined) =>
    of && key !== undefined && Object.hasOwn(of, key) ? of[key] : undefined;
  return own(targets.products, product) ?? own(targets.departments, department) ?? target;
}
