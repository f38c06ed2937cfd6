/** Members as persons: who they are, and the entry that enrolled them. */
import type { IncarnationId, MemberId } from '../../../base/ids.ts';
import type { Queries, Transaction } from './client.ts';

export type Enrolled = {
  readonly member: MemberId;
  readonly joined: string;
  readonly orderKey: string;
  readonly inc: IncarnationId;
  readonly seq: number;
};

export type KnownMember = {
  readonly id: MemberId;
  /** Null: entries named the member, and nobody enrolled them yet. */
  readonly enrolledOrder: string | null;
  readonly enrolledInc: IncarnationId | null;
  readonly enrolledSeq: number | null;
};

export type PersonalData = {
  readonly member: MemberId;
  readonly firstName: string | null;
  readonly nameKey: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly phoneHash: string | null;
  readonly emailHash: string | null;
  readonly birthday: string | null;
  readonly segments: readonly string[];
  readonly salt: string;
};

export async function findMembers(queries: Queries, members: readonly MemberId[]): Promise<Map<MemberId, KnownMember>> {
  const rows = await queries<KnownMember[]>`
    select id, enrolled_order, enrolled_inc, enrolled_seq from member where id = any(${[...members]}::text[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** In normal form. */
export async function contactsOf(
  queries: Queries,
  members: readonly MemberId[],
): Promise<Map<MemberId, { readonly phone: string | null; readonly email: string | null }>> {
  const rows = await queries<{ id: MemberId; phone: string | null; email: string | null }[]>`
    select id, phone, email from member where id = any(${[...members]}::text[])`;
  return new Map(rows.map(({ id, phone, email }) => [id, { phone, email }]));
}

/** Enrols members, each named once; a member that is there already takes this entry for the one that enrolled them. */
export async function saveEnrolled(transaction: Transaction, enrolled: readonly Enrolled[]): Promise<void> {
  if (enrolled.length === 0) return;
  await transaction`
    insert into member (id, joined, enrolled_order, enrolled_inc, enrolled_seq)
    select * from unnest(${enrolled.map((row) => row.member)}::text[], ${enrolled.map((row) => row.joined)}::text[],
      ${enrolled.map((row) => row.orderKey)}::text[], ${enrolled.map((row) => row.inc)}::text[], ${enrolled.map((row) => row.seq)}::bigint[])
    on conflict (id) do update set joined = excluded.joined, enrolled_order = excluded.enrolled_order,
      enrolled_inc = excluded.enrolled_inc, enrolled_seq = excluded.enrolled_seq`;
}

/** Members that entries name before their enrolment came. */
export async function savePlaceholders(
  transaction: Transaction,
  members: readonly { readonly member: MemberId; readonly joined: string }[],
): Promise<void> {
  if (members.length === 0) return;
  await transaction`
    insert into member (id, joined)
    select * from unnest(${members.map((row) => row.member)}::text[], ${members.map((row) => row.joined)}::text[])
    on conflict do nothing`;
}

export async function savePersonalData(transaction: Transaction, person: PersonalData): Promise<void> {
  await transaction`
    update member set first_name = ${person.firstName}, name_key = ${person.nameKey}, phone = ${person.phone}, email = ${person.email},
      phone_hash = ${person.phoneHash}, email_hash = ${person.emailHash}, birthday = ${person.birthday},
      segments = ${[...person.segments]}::text[], salt = ${person.salt}
    where id = ${person.member}`;
}

export async function blockMembers(transaction: Transaction, members: readonly MemberId[]): Promise<void> {
  if (members.length === 0) return;
  await transaction`update member set blocked = true where id = any(${[...members]}::text[])`;
}

export async function blockedAmong(queries: Queries, members: readonly MemberId[]): Promise<Set<MemberId>> {
  const rows = await queries<{ id: MemberId }[]>`
    select id from member where id = any(${[...members]}::text[]) and blocked`;
  return new Set(rows.map(({ id }) => id));
}
