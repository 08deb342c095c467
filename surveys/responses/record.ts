import type { Fault } from '../../schemas/validate.ts';
import { cellKey } from '../aggregates/keys.ts';
import { insertNew } from '../bulk-writes.ts';
import { monthOf } from '../calendar.ts';
import type { Context } from '../context.ts';
import { derive } from '../definitions/index.ts';
import { keyedHash } from '../keys.ts';
import { noteKeys } from '../municipality/index.ts';
import { closedMonths } from '../retention/closed-months.ts';
import { cleanAnswers } from './clean-answers.ts';
import { type AnswerMonth, openSalts, responseIdOf, saltId } from './import-salts.ts';
import { type JudgedItem, judgeItem, newestSurveys, type ResponseResult, withId } from './judge-item.ts';
import { type Response, ResponseModel } from './model.ts';
import { placeIn } from './write-response.ts';

export interface RecordOptions {
  /** Names the request, so that items without an external id are recognised too. Unique for its sender. */
  idempotencyKey?: string;
  /** Position of the first item under the idempotency key, for a list that is sent in parts. */
  firstIndex?: number;
  /** Say what would be decided, and store nothing. */
  dryRun?: boolean;
  /** Salt of the import that the items are of; their external ids are names within it, whatever their survey and month. */
  importSalt?: string;
}

/**
 * Stores answer sets that were gathered elsewhere (up to 1,000 in one call). One result per item, in order; a bad item
 * never spoils its neighbours. An item is known by its external id (per survey and answer month), otherwise by the
 * idempotency key and its place; sent again, the first one stays as it is and the answer is the same.
 */
export async function recordResponses(
  ctx: Context,
  items: unknown[],
  { idempotencyKey, firstIndex = 0, dryRun = false, importSalt }: RecordOptions = {},
): Promise<ResponseResult[]> {
  const judged: JudgedItem[] = [];
  const newest = newestSurveys();
  for (const item of items) judged.push(await judgeItem(ctx, item, idempotencyKey !== undefined, newest));
  const accepted = judged.filter((one) => one.ok);
  const isClosed = await closedMonths('responses', accepted.map(answerMonth));
  const named = importSalt
    ? []
    : accepted.filter((one) => one.item.externalId !== undefined && !isClosed(answerMonth(one)));
  const salts = await openSalts(named.map(answerMonth), monthOf(ctx.clock.now()), { make: !dryRun });

  const responses: Response[] = [];
  const results = judged.map((one, index): ResponseResult => {
    if (!one.ok) return one.result;
    const { externalId } = one.item;
    const salt = externalId === undefined ? undefined : (importSalt ?? salts.get(saltId(answerMonth(one))));
    if (salt === null || isClosed(answerMonth(one))) {
      return withId(one.item, { decision: 'rejected', reason: 'importClosed', errors: [importClosed] });
    }
    const id =
      externalId !== undefined && salt !== undefined
        ? responseIdOf(salt, externalId)
        : keyedHash(ctx.keys.response, [idempotencyKey ?? '', String(firstIndex + index)]);
    responses.push(toResponse(id, one));
    return withId(one.item, { decision: 'stored' });
  });
  if (!dryRun) await store(ctx, responses);
  return results;
}

type Accepted = JudgedItem & { ok: true };

const importClosed: Fault = {
  pointer: '/externalId',
  code: 'importClosed',
  detail: 'answers of this month can not be sent any more',
};

function answerMonth({ item, month }: Accepted): AnswerMonth {
  return { survey: item.survey, month };
}

function toResponse(_id: string, { item, survey, month }: Accepted): Response {
  const answers = cleanAnswers(survey, item.answers);
  const place = placeIn(survey, { ...item, month });
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
  const there = await insertNew(ResponseModel, responses);
  ctx.count?.('responses', 'new', responses.length - there.size);
  await noteKeys(
    ctx,
    responses.flatMap(({ department, channel, product }) => [
      { kind: 'department' as const, key: department },
      { kind: 'channel' as const, key: channel },
      ...(product ? [{ kind: 'product' as const, key: product }] : []),
    ]),
  );
}
