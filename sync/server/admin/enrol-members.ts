/** Members that head office enrols itself. Their entries and profiles go the same way as those of a till. */
import { randomUUID } from 'node:crypto';
import type { BusinessDate } from '../../../base/business-date.ts';
import { normaliseEmail, normalisePhone } from '../../../base/contact.ts';
import type { CardCode, HashHex, MemberId } from '../../../base/ids.ts';
import { randomBase64url, sha256 } from '../../../base/node/hash.ts';
import { seal } from '../../../base/node/sealed-box.ts';
import { ok, refused, type Refusal, type Result } from '../../../base/result.ts';
import { enrolProfileSchema, profileText } from '../../protocol/profile.ts';
import { announcePushed } from '../announcements.ts';
import { ownContext } from '../own-stream/own-context.ts';
import { appendOwn } from '../own-stream/own-stream.ts';
import type { EnrolBody } from '../../../ledger/bodies/enrol.ts';
import type { Transaction } from '../store/client.ts';
import { findCards } from '../store/cards.ts';
import { lockFolded } from '../store/counters.ts';
import { blockMembers, contactsOf, findMembers } from '../store/members.ts';
import { findStates, saveStates } from '../store/member-states.ts';
import { keepSealedProfiles } from '../store/sealed-profiles.ts';
import { isClubName } from './accounts.ts';
import type { Setting } from './setting.ts';

const ENROLMENTS_PER_ENTRY_BATCH = 500;

export type NewMember = {
  readonly id?: MemberId;
  /** In normal form. */
  readonly cards: readonly CardCode[];
  readonly joined: BusinessDate;
  readonly firstName?: string;
  readonly phone?: string;
  readonly email?: string;
  /** `YYYY-MM-DD` or `MM-DD`. */
  readonly birthday?: string;
  readonly segments?: readonly string[];
  readonly blocked?: boolean;
  readonly clubs?: readonly string[];
  /** Who brought the member; one that is enrolled before them, or is known. */
  readonly referredBy?: MemberId;
};

export type EnrolMemberRefusal = Refusal<
  'invalid-request' | 'member-exists' | 'unknown-member' | 'self-referral' | 'card-taken'
>;

/** All or none of each 500. The members are in the feed once the fold has seen their entries. */
export async function enrolMembers(
  setting: Setting,
  members: readonly NewMember[],
): Promise<Result<MemberId[], EnrolMemberRefusal>> {
  const ready: ReadyMember[] = [];
  for (const [index, member] of members.entries()) {
    const made = readyMember(setting, member, index);
    if (!made.ok) return made;
    ready.push(made.value);
  }
  for (let start = 0; start < ready.length; start += ENROLMENTS_PER_ENTRY_BATCH) {
    const batch = ready.slice(start, start + ENROLMENTS_PER_ENTRY_BATCH);
    const refusal = await setting.database.begin((transaction) => enrolBatch(transaction, setting, batch, start));
    if (refusal !== undefined) return refusal;
  }
  await announcePushed(setting.database);
  return ok(ready.map(({ member }) => member));
}

/** Their rows change with it, so the fold must have made them. */
export async function blockEnrolled({ database }: Setting, members: readonly MemberId[]): Promise<void> {
  if (members.length === 0) return;
  await database.begin(async (transaction) => {
    await lockFolded(transaction);
    await blockMembers(transaction, members);
    const states = await findStates(transaction, members);
    await saveStates(transaction, [...states.values()]);
  });
}

type ReadyMember = {
  readonly member: MemberId;
  readonly body: EnrolBody;
  readonly sealed: string;
  /** In normal form. */
  readonly phone: string | null;
  readonly email: string | null;
};

function readyMember({ org }: Setting, member: NewMember, index: number): Result<ReadyMember, EnrolMemberRefusal> {
  const phone = member.phone === undefined ? null : (normalisePhone(member.phone, org.countryCode) ?? member.phone);
  const email = member.email === undefined ? null : (normaliseEmail(member.email) ?? member.email);
  const parsed = enrolProfileSchema.safeParse({
    salt: randomBase64url(24),
    firstName: member.firstName ?? null,
    phone,
    email,
    birthday: member.birthday ?? null,
    segments: member.segments ?? [],
  });
  if (!parsed.success) {
    const path = [index, ...(parsed.error.issues[0]?.path ?? [])].map(String).join('.');
    return refused('invalid-request', 'A field of the member has a wrong form.', path);
  }
  const text = profileText(parsed.data);
  const commitment: HashHex = sha256(text);
  const id = member.id ?? (randomUUID() as MemberId); // minted here
  const { joined, cards, referredBy = null, clubs = [] } = member;
  if (!clubs.every(isClubName)) return refused('invalid-request', 'This is no name of a club.', `${index}.clubs`);
  const body = { joined, cards, commitment, referredBy, clubs };
  return ok({ member: id, body, sealed: seal(org.sealing.publicKey, text), phone, email });
}

async function enrolBatch(
  transaction: Transaction,
  setting: Setting,
  batch: readonly ReadyMember[],
  start: number,
): Promise<Result<never, EnrolMemberRefusal> | undefined> {
  const refusal = await checkFree(transaction, batch, start);
  if (refusal !== undefined) return refusal;
  const context = await ownContext(transaction, setting.clock());
  const facts = batch.map(({ member, body }) => ({ kind: 'enrol' as const, member, body }));
  const { inc, seqs } = await appendOwn(transaction, setting.org, facts, context);
  const profiles = batch.flatMap(({ sealed }, index) => {
    const seq = seqs[index];
    return seq === undefined ? [] : [{ seq, sealed }];
  });
  await keepSealedProfiles(transaction, inc, profiles, context.at);
  return undefined;
}

/** In the order of programme.md (fine print 41). */
async function checkFree(
  transaction: Transaction,
  batch: readonly ReadyMember[],
  start: number,
): Promise<Result<never, EnrolMemberRefusal> | undefined> {
  const named = batch.flatMap(({ member, body }) => [member, ...(body.referredBy === null ? [] : [body.referredBy])]);
  const known = new Set((await findMembers(transaction, named)).keys());
  const contacts = await contactsOf(transaction, named);
  const taken = new Set(
    (
      await findCards(
        transaction,
        batch.flatMap(({ body }) => body.cards),
      )
    ).keys(),
  );
  for (const [index, { member, body, phone, email }] of batch.entries()) {
    const path = start + index;
    const { referredBy, cards } = body;
    if (known.has(member)) return refused('member-exists', `There is a member ${member} already.`, `${path}.id`);
    if (referredBy === member) return selfReferral(path);
    if (referredBy !== null && !known.has(referredBy))
      return refused('unknown-member', `There is no member ${referredBy}.`, `${path}.referredBy`);
    const referrer = referredBy === null ? undefined : contacts.get(referredBy);
    if (referrer !== undefined && isSamePerson(referrer, { phone, email })) return selfReferral(path);
    if (cards.some((code) => taken.has(code)))
      return refused('card-taken', 'The card is another member’s.', `${path}.cards`);
    known.add(member);
    contacts.set(member, { phone, email });
    for (const code of cards) taken.add(code);
  }
  return undefined;
}

function selfReferral(path: number): Result<never, EnrolMemberRefusal> {
  return refused('self-referral', 'Nobody refers themself.', `${path}.referredBy`);
}

type Contact = { readonly phone: string | null; readonly email: string | null };

function isSamePerson(left: Contact, right: Contact): boolean {
  return (left.phone !== null && left.phone === right.phone) || (left.email !== null && left.email === right.email);
}
