import { createHash, randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import type { Context } from '../../surveys/context.ts';
import type { Scope } from './scopes.ts';

/** A token as it is kept: by the hash of its text, so that who reads the store can't use it. */
export interface ApiToken {
  /** SHA-256 of the token, hex. A slow hash adds nothing: the token holds 256 random bits. */
  _id: string;
  name: string;
  scopes: string[];
  createdAt: Date;
}

const ApiTokenModel = mongoose.model(
  'ApiToken',
  new mongoose.Schema<ApiToken>(
    {
      _id: { type: String, required: true },
      name: { type: String, required: true, maxlength: 100 },
      scopes: { type: [String], required: true },
      createdAt: { type: Date, required: true },
    },
    { strict: 'throw', versionKey: false, autoIndex: false, autoCreate: false },
  ),
  'apiTokens',
);

/** Makes a token and returns its text, which is shown once. It starts with `ge_`, so that scanners know it. */
export async function createToken(ctx: Context, token: { name: string; scopes: Scope[] }): Promise<string> {
  const text = `ge_${randomBytes(32).toString('base64url')}`;
  await ApiTokenModel.insertOne({ _id: hashOf(text), ...token, createdAt: ctx.clock.now() });
  return text;
}

/** The token of this text, if there is one. */
export async function findToken(text: string): Promise<ApiToken | undefined> {
  if (!/^ge_[A-Za-z0-9_-]{43}$/.test(text)) return undefined;
  return (await ApiTokenModel.findById(hashOf(text)).lean()) ?? undefined;
}

/** Names and scopes of all tokens, in the order in which they were made. */
export async function listTokens(): Promise<Omit<ApiToken, '_id'>[]> {
  return ApiTokenModel.find({}, { _id: 0, name: 1, scopes: 1, createdAt: 1 }).sort({ createdAt: 1 }).lean();
}

/** Ends all tokens of this name at once. @returns how many there were. */
export async function revokeTokens(name: string): Promise<number> {
  return (await ApiTokenModel.deleteMany({ name })).deletedCount;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
