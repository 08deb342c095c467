import type { Context } from '../../surveys/context.ts';
import { publishCatalogue } from '../../surveys/definitions/index.ts';
import { type SurveyVersion, SurveyVersionModel } from '../../surveys/definitions/survey-versions.ts';

let published: SurveyVersion[] | undefined;

/** Publishes the built-in surveys in an empty store: checked once in a run, and from then on put there as they were. */
export async function haveCatalogue(ctx: Context): Promise<void> {
  if (published) {
    await SurveyVersionModel.insertMany(published);
    return;
  }
  await publishCatalogue(ctx);
  published = await SurveyVersionModel.find().lean();
}
