import mongoose from 'mongoose';
import type { PersonAccess } from '../../schemas/generated/person.ts';
import schema from '../../schemas/person.schema.json' with { type: 'json' };
import { validator } from '../../schemas/validate.ts';
import { insertNew } from '../../surveys/bulk-writes.ts';
import { inAmsterdam } from '../../surveys/calendar.ts';
import { checkedOnWrite } from '../../surveys/checked-on-write.ts';
import type { Context } from '../../surveys/context.ts';
import { keyedHash } from '../../surveys/keys.ts';
import { problem } from '../../surveys/problems.ts';
import { normaliseEmail } from '../../surveys/recipients/index.ts';
import type { Announce } from '../audit/index.ts';
import { type Role, roles } from '../auth/permissions.ts';
import type { OidcSettings } from '../config.ts';
import { endSessionsOf } from './sessions.ts';

/** How somebody comes in: invited by an administrator, known to the identity provider, or by a link of the operator. */
const origins = ['invited', 'provider', 'operator'] as const;

/** A member of staff. */
export interface Person {
  /** Keyed hash of the address, or of the provider's name for this person. */
  _id: string;
  origin: (typeof origins)[number];
  email?: string;
  name?: string;
  roles: Role[];
  /** Keys of the departments of a coordinator. */
  departments: string[];
  /** Counts the changes of roles and departments, so that a session notices one. */
  accessVersion: number;
  /** The day of the last sign-in, in Europe/Amsterdam. */
  lastSignIn?: string;
}

const PersonModel = mongoose.model(
  'Person',
  new mongoose.Schema<Person>(
    {
      _id: { type: String, required: true },
      origin: { type: String, required: true, enum: origins },
      email: { type: String, maxlength: 254 },
      name: { type: String, maxlength: 200 },
      roles: { type: [String], required: true, enum: roles },
      departments: { type: [String], required: true },
      accessVersion: { type: Number, required: true },
      lastSignIn: String,
    },
    checkedOnWrite,
  ),
  'people',
);

/** The administrator who comes in by a link of the operator. */
const operatorId = 'operator';

const check = validator<PersonAccess>(schema);

/**
 * Invites somebody, or gives who was invited before other roles.
 * @throws Problem `invalidBody` with all faults
 */
export async function invitePerson(ctx: Context, value: unknown, announce?: Announce): Promise<Person> {
  const checked = check(value);
  if (!checked.ok) throw problem('invalidBody', { faults: checked.faults });
  const email = normaliseEmail(checked.value.email)?.mailTo;
  if (email === undefined) {
    const detail = 'must be an e-mail address';
    throw problem('invalidBody', { faults: [{ pointer: '/email', code: 'email', detail }] });
  }
  const { roles, departments = [] } = checked.value;
  const _id = idOfAddress(ctx, email);
  await announce?.(_id);
  await PersonModel.updateOne(
    { _id },
    { $set: { origin: 'invited', email, roles, departments }, $inc: { accessVersion: 1 } },
    { upsert: true },
  );
  return (await PersonModel.findById(_id).lean())!;
}

/** Somebody as the identity provider knows them. */
export interface Claimed {
  issuer: string;
  subject: string;
  email: string | undefined;
  name: string | undefined;
  roles: Role[];
  departments: string[];
}

/**
 * Notes who signed in at the provider, with the roles that it gives now: they hold for other sessions too.
 * @param announce called before somebody gets roles or departments that they did not have
 */
export async function notePerson(ctx: Context, claimed: Claimed, announce?: Announce): Promise<Person> {
  const _id = idOfSubject(ctx, claimed);
  const { email, name } = claimed;
  const access = { roles: claimed.roles.toSorted(), departments: claimed.departments.toSorted() };
  const known = await PersonModel.findById(_id).lean();
  const changed = !known || !sameAccess(known, access);
  if (changed) await announce?.(_id);
  await PersonModel.updateOne(
    { _id },
    {
      $set: { origin: 'provider', ...(email && { email }), ...(name && { name }), ...access },
      $inc: { accessVersion: changed ? 1 : 0 },
    },
    { upsert: true },
  );
  return (await PersonModel.findById(_id).lean())!;
}

/** Forgets somebody to whom the provider gives no role any more, with their sessions. */
export async function forgetClaimed(ctx: Context, claimed: Claimed, announce?: Announce): Promise<void> {
  const _id = idOfSubject(ctx, claimed);
  if (await findPerson(_id)) await announce?.(_id);
  await removePerson(_id);
}

/** The administrator of the operator's links; made when there is none. */
export async function operator(): Promise<Person> {
  await insertNew(PersonModel, [
    { _id: operatorId, origin: 'operator', roles: ['administrator'], departments: [], accessVersion: 1 },
  ]);
  return (await PersonModel.findById(operatorId).lean())!;
}

export async function findPerson(id: string): Promise<Person | undefined> {
  return (await PersonModel.findById(id).lean()) ?? undefined;
}

export async function findInvited(ctx: Context, address: string): Promise<Person | undefined> {
  const email = normaliseEmail(address)?.mailTo;
  return email === undefined ? undefined : findPerson(idOfAddress(ctx, email));
}

/** Everybody, by address. */
export async function listPeople(): Promise<Person[]> {
  return PersonModel.find().sort({ email: 1, _id: 1 }).lean();
}

/** Whether somebody has signed in, ever. */
export async function anybodySignedIn(): Promise<boolean> {
  return (await PersonModel.exists({ lastSignIn: { $exists: true } })) !== null;
}

/** Notes the day of a sign-in. */
export async function noteSignIn({ clock }: Context, { _id }: Person): Promise<void> {
  await PersonModel.updateOne({ _id }, { $set: { lastSignIn: inAmsterdam(clock.now()).toISODate() } });
}

/** Takes all access from somebody at once. @returns false when there is nobody of this id. */
export async function removePerson(id: string): Promise<boolean> {
  const { deletedCount } = await PersonModel.deleteOne({ _id: id });
  await endSessionsOf(id);
  return deletedCount === 1;
}

/**
 * Whether this person may come in the way this installation is set up: with an identity provider, by that alone. Who
 * left the organisation must not stay in by mail. The operator's link works always, for when the provider fails.
 */
export function mayEnter({ origin }: Person, oidc: OidcSettings | undefined): boolean {
  return origin === 'operator' || origin === (oidc ? 'provider' : 'invited');
}

function sameAccess(one: Pick<Person, 'roles' | 'departments'>, other: typeof one): boolean {
  const key = ({ roles, departments }: typeof one) =>
    JSON.stringify([roles.toSorted(), departments.toSorted()]);
  return key(one) === key(other);
}

function idOfAddress({ keys }: Context, email: string): string {
  return keyedHash(keys.session, ['person', email.toLowerCase()], 16);
}

function idOfSubject({ keys }: Context, { issuer, subject }: Claimed): string {
  return keyedHash(keys.session, ['subject', issuer, subject], 16);
}
