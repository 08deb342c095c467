import { createHash } from 'node:crypto';
import mongoose from 'mongoose';
import schema from '../../schemas/api-key.schema.json' with { type: 'json' };
import type { ApiKeyRequest } from '../../schemas/generated/api-key.ts';
import { type Fault, validator } from '../../schemas/validate.ts';
import { inAmsterdam } from '../../surveys/calendar.ts';
import { checkedOnWrite } from '../../surveys/checked-on-write.ts';
import type { Context } from '../../surveys/context.ts';
import { problem } from '../../surveys/problems.ts';
import type { Announce } from '../audit/index.ts';
import { rowOf } from './permissions.ts';
import { allScopes, type Scope } from './scopes.ts';
import { isTokenText, mintTokenText } from './token-text.ts';

/** An API key as it is kept: by the hash of its text, so that who reads the store can't use it. */
export interface ApiToken {
  /** SHA-256 of the text, hex. A slow hash adds nothing: the text holds 256 random bits. */
  _id: string;
  name: string;
  scopes: Scope[];
  /** Keys of the departments that it is limited to; empty: all. */
  departments: string[];
  createdAt: Date;
  /** The last day on which it works, in Europe/Amsterdam. */
  endsOn?: string;
  /** The day on which it was last used, in Europe/Amsterdam. */
  lastUsed?: string;
}

const ApiTokenModel = mongoose.model(
  'ApiToken',
  new mongoose.Schema<ApiToken>(
    {
      _id: { type: String, required: true },
      name: { type: String, required: true, maxlength: 100 },
      scopes: { type: [String], required: true, enum: allScopes },
      departments: { type: [String], required: true },
      createdAt: { type: Date, required: true },
      endsOn: String,
      lastUsed: String,
    },
    checkedOnWrite,
  ),
  'apiTokens',
);

const check = validator<ApiKeyRequest>(schema);

/**
 * Makes a key and returns its text, which is shown once.
 * @throws Problem `invalidBody` with all faults; a scope that is about the whole municipality can't be limited
 */
export async function createToken(ctx: Context, request: unknown, announce?: Announce): Promise<string> {
  const checked = check(request);
  if (!checked.ok) throw problem('invalidBody', { faults: checked.faults });
  const { name, scopes, departments = [], endsOn } = checked.value;
  const faults = departments.length > 0 ? scopes.flatMap(unlimitable) : [];
  if (faults.length > 0) throw problem('invalidBody', { faults });
  await announce?.(name);
  const text = mintTokenText();
  await ApiTokenModel.insertOne({
    _id: hashOf(text),
    name,
    scopes,
    departments,
    createdAt: ctx.clock.now(),
    ...(endsOn && { endsOn }),
  });
  return text;
}

function unlimitable(scope: Scope, index: number): Fault[] {
  if (rowOf(scope).byDepartment) return [];
  const detail = `${scope} is about the whole municipality and can't be limited to departments`;
  return [{ pointer: `/scopes/${index}`, code: 'wholeMunicipality', detail }];
}

/** The key of this text, if there is one that has not ended. Notes the day on which it is used. */
export async function useToken(ctx: Context, text: string): Promise<ApiToken | undefined> {
  if (!isTokenText(text)) return undefined;
  const token = await ApiTokenModel.findById(hashOf(text)).lean();
  const today = inAmsterdam(ctx.clock.now()).toISODate();
  if (!token || (token.endsOn !== undefined && token.endsOn < today)) return undefined;
  if (token.lastUsed !== today)
    await ApiTokenModel.updateOne({ _id: token._id }, { $set: { lastUsed: today } });
  return token;
}

/** All keys, in the order in which they were made. Nobody can use one by its hash. */
export async function listTokens(): Promise<ApiToken[]> {
  return ApiTokenModel.find().sort({ createdAt: 1 }).lean();
}

/** Ends all keys of this name at once. @returns how many there were. */
export async function revokeTokens(name: string): Promise<number> {
  return (await ApiTokenModel.deleteMany({ name })).deletedCount;
}

/** Ends one key at once. @returns its name; undefined when there was none. */
export async function revokeToken(hash: string, announce?: Announce): Promise<string | undefined> {
  const token = await ApiTokenModel.findById(hash).lean();
  if (token) await announce?.(token.name);
  await ApiTokenModel.deleteOne({ _id: hash });
  return token?.name;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
