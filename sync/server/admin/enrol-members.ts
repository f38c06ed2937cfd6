/** Members that head office enrols itself. Their entries and profiles go the same way as those of a till. */
import { randomUUID } from 'node:crypto';
import { businessTime, epochMs, localTime, type BusinessDate } from '../../../base/business-date.ts';
import { normaliseEmail, normalisePhone } from '../../../base/contact.ts';
import type { CardCode, HashHex, MemberId } from '../../../base/ids.ts';
import { randomBase64url, sha256 } from '../../../base/node/hash.ts';
import { seal } from '../../../base/node/sealed-box.ts';
import { ok, refused, type Refusal, type Result } from '../../../base/result.ts';
import { programmeInEffect } from '../../../loyalty/programme/in-effect.ts';
import { parseProgramme } from '../../../loyalty/programme/parse.ts';
import { enrolProfileSchema, profileText } from '../../protocol/profile.ts';
import { announcePushed } from '../announcements.ts';
import { appendOwnEnrolments, type OwnContext, type OwnEnrolment } from '../own-stream/own-stream.ts';
import type { Transaction } from '../store/client.ts';
import { findCards } from '../store/cards.ts';
import { lockFolded } from '../store/counters.ts';
import { blockMembers, findMembers } from '../store/members.ts';
import { findStates, saveStates } from '../store/member-states.ts';
import { programmeVersions } from '../store/publications.ts';
import { keepSealedProfiles } from '../store/sealed-profiles.ts';
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
};

export type EnrolMemberRefusal = Refusal<'invalid-request' | 'member-exists' | 'card-taken'>;

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
  return ok(ready.map(({ enrolment }) => enrolment.member));
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

type ReadyMember = { readonly enrolment: OwnEnrolment; readonly cards: readonly CardCode[] };

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
  const body = { joined: member.joined, cards: member.cards, commitment };
  return ok({ enrolment: { member: id, body, sealed: seal(org.sealing.publicKey, text) }, cards: member.cards });
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
  const enrolments = batch.map(({ enrolment }) => enrolment);
  const { inc, seqs } = await appendOwnEnrolments(transaction, setting.org, enrolments, context);
  const profiles = enrolments.flatMap(({ sealed }, index) => {
    const seq = seqs[index];
    return sealed === null || seq === undefined ? [] : [{ seq, sealed }];
  });
  await keepSealedProfiles(transaction, inc, profiles, context.at);
  return undefined;
}

async function checkFree(
  transaction: Transaction,
  batch: readonly ReadyMember[],
  start: number,
): Promise<Result<never, EnrolMemberRefusal> | undefined> {
  const members = await findMembers(
    transaction,
    batch.map(({ enrolment }) => enrolment.member),
  );
  const cards = await findCards(
    transaction,
    batch.flatMap((member) => member.cards),
  );
  for (const [index, { enrolment, cards: own }] of batch.entries()) {
    if (members.has(enrolment.member))
      return refused('member-exists', `There is a member ${enrolment.member} already.`, `${start + index}.id`);
    if (own.some((code) => cards.has(code)))
      return refused('card-taken', 'The card is another member’s.', `${start + index}.cards`);
  }
  return undefined;
}

/** Business dates are in the programme's zone, by its start of the day; before there is a programme, in UTC from midnight. */
async function ownContext(transaction: Transaction, at: number): Promise<OwnContext> {
  const versions = await programmeVersions(transaction);
  const timezone = versions[0]?.timezone ?? 'UTC';
  const { date } = localTime(epochMs(at), timezone);
  const current = programmeInEffect(versions, date);
  const parsed = current === undefined ? undefined : parseProgramme(JSON.parse(current.text));
  const dayStart = parsed?.ok === true ? parsed.value.dayStart : 0;
  return { at, local: businessTime(epochMs(at), timezone, dayStart), prog: current?.hash ?? null };
}
