import type { ResponseItem } from '../../schemas/generated/response.ts';
import schema from '../../schemas/response.schema.json' with { type: 'json' };
import { type Fault, validator } from '../../schemas/validate.ts';
import { cellKey } from '../aggregates/keys.ts';
import { duplicatesOf } from '../bulk-writes.ts';
import { inAmsterdam, monthOf } from '../calendar.ts';
import type { Context } from '../context.ts';
import { type Answers, derive, type PublishedSurvey, publishedSurvey } from '../definitions/index.ts';
import { keyedHash } from '../keys.ts';
import { noteKeys } from '../municipality/index.ts';
import { cleanAnswers, withoutEmpty } from './clean-answers.ts';
import { openSalts, responseIdOf, saltId } from './import-salts.ts';
import { type Response, ResponseModel } from './model.ts';

/** Why an answer set from elsewhere was not stored. `importClosed`: its month can't be sent any more (import-salts.ts). */
export type ResponseRejection =
  | 'invalid'
  | 'unknownSurvey'
  | 'invalidAnswers'
  | 'noIdentity'
  | 'importClosed';

/** What became of one item; pointers of errors point into the item. */
export interface ResponseResult {
  externalId?: string;
  decision: 'stored' | 'rejected';
  reason?: ResponseRejection;
  errors?: Fault[];
}

export interface RecordOptions {
  /** Names the request, so that items without an external id are recognised too. Unique for its sender. */
  idempotencyKey?: string;
  /** Position of the first item under the idempotency key, for a list that is sent in parts. */
  firstIndex?: number;
  /** Say what would be decided, and store nothing. */
  dryRun?: boolean;
}

/** A valid item, on its way to the store. */
interface Accepted {
  index: number;
  item: ResponseItem;
  survey: PublishedSurvey;
  month: string;
}

const check = validator<ResponseItem>(schema);

/**
 * Stores answer sets that were gathered elsewhere (up to 1,000 in one call). One result per item, in order; a bad item
 * never spoils its neighbours. An item is known by its external id (per survey and answer month), otherwise by the
 * idempotency key and its place; sent again, the first one stays as it is and the answer is the same.
 */
export async function recordResponses(
  ctx: Context,
  items: unknown[],
  { idempotencyKey, firstIndex = 0, dryRun = false }: RecordOptions = {},
): Promise<ResponseResult[]> {
  const results: ResponseResult[] = [];
  const accepted: Accepted[] = [];
  for (const [index, item] of items.entries()) {
    const outcome = await judge(ctx, item, idempotencyKey !== undefined);
    if ('survey' in outcome) accepted.push({ index, ...outcome });
    results.push('survey' in outcome ? withId(outcome.item, { decision: 'stored' }) : outcome);
  }

  const named = accepted.filter(({ item }) => item.externalId !== undefined);
  const salts = await openSalts(named.map(answerMonth), monthOf(ctx.clock.now()), { make: !dryRun });
  const open = accepted.filter((one) => {
    const salt = one.item.externalId === undefined ? 'none needed' : salts.get(saltId(answerMonth(one)));
    if (salt === null)
      results[one.index] = withId(one.item, { decision: 'rejected', reason: 'importClosed' });
    return salt !== null;
  });
  if (dryRun) return results;

  const idOf = ({ index, item, month }: Accepted) =>
    item.externalId === undefined
      ? keyedHash(ctx.keys.response, [idempotencyKey ?? '', String(firstIndex + index)])
      : responseIdOf(salts.get(saltId({ survey: item.survey, month })) ?? '', item.externalId);
  await store(
    ctx,
    open.map((one) => toResponse(idOf(one), one)),
  );
  return results;
}

type Judgement = Omit<Accepted, 'index'> | (ResponseResult & { decision: 'rejected' });

async function judge(ctx: Context, value: unknown, hasKey: boolean): Promise<Judgement> {
  const checked = check(value);
  if (!checked.ok) return { decision: 'rejected', reason: 'invalid', errors: checked.faults };
  const item = checked.value;
  if (item.externalId === undefined && !hasKey)
    return { decision: 'rejected', reason: 'noIdentity', errors: [noIdentity] };
  const today = inAmsterdam(ctx.clock.now()).toISODate();
  const { answerDate = today } = item;
  if (answerDate > today) return reject(item, 'invalid', [future]);
  const survey = await publishedSurvey(item.survey);
  if (!survey) return reject(item, 'unknownSurvey', [unknownSurvey]);
  const answers = withoutEmpty(item.answers);
  const faults = survey.validateAnswers(answers, item.channel);
  if (faults.length > 0) return reject(item, 'invalidAnswers', faults.map(underAnswers));
  return { item: { ...item, answers: answers as Answers }, survey, month: answerDate.slice(0, 7) };
}

function reject(item: ResponseItem, reason: ResponseRejection, errors: Fault[]): Judgement {
  return withId(item, { decision: 'rejected', reason, errors });
}

const future: Fault = { pointer: '/answerDate', code: 'future', detail: 'must not lie in the future' };
const unknownSurvey: Fault = {
  pointer: '/survey',
  code: 'unknownSurvey',
  detail: 'no published survey has this key',
};
const noIdentity: Fault = {
  pointer: '/externalId',
  code: 'noIdentity',
  detail: 'must be given where the request has no Idempotency-Key',
};

function underAnswers(fault: Fault): Fault {
  return { ...fault, pointer: `/answers${fault.pointer}` };
}

function withId<T extends ResponseResult>({ externalId }: ResponseItem, result: T): T {
  return externalId === undefined ? result : { externalId, ...result };
}

function answerMonth({ item, month }: Accepted) {
  return { survey: item.survey, month };
}

function toResponse(_id: string, { item, survey, month }: Accepted): Response {
  const { department, channel, product, stage, mode } = item;
  const answers = cleanAnswers(survey, item.answers);
  const place = {
    survey: survey.key,
    version: survey.version,
    department,
    channel,
    ...(product && { product }),
    ...(stage && { stage }),
    mode,
    month,
  };
  return {
    _id,
    ...place,
    cell: cellKey(place),
    answers,
    derived: derive(survey, answers),
    rev: 1,
    dirty: true,
  };
}

async function store(ctx: Context, responses: Response[]): Promise<void> {
  if (responses.length === 0) return;
  await duplicatesOf((options) => ResponseModel.insertMany(responses, options));
  await noteKeys(
    ctx,
    responses.flatMap(({ department, channel, product }) => [
      { kind: 'department' as const, key: department },
      { kind: 'channel' as const, key: channel },
      ...(product ? [{ kind: 'product' as const, key: product }] : []),
    ]),
  );
}
