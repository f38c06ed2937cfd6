import type { MemberId } from '../../../base/ids.ts';
import type { Queries, Transaction } from '../../../sync/server/store/client.ts';
import type { Enrolled, KnownMember, PersonalData } from '../../../sync/server/store/members.ts';
import { type MemberRow, tablesOf } from './tables.ts';

export async function findMembers(queries: Queries, members: readonly MemberId[]): Promise<Map<MemberId, KnownMember>> {
  return new Map(
    tablesOf(queries)
      .members.some(members)
      .map((row) => [row.id, row]),
  );
}

export async function contactsOf(
  queries: Queries,
  members: readonly MemberId[],
): Promise<Map<MemberId, { readonly phone: string | null; readonly email: string | null }>> {
  return new Map(
    tablesOf(queries)
      .members.some(members)
      .map((row) => [row.id, row]),
  );
}

function newMember(id: MemberId, joined: string): MemberRow {
  return {
    id,
    joined,
    enrolledOrder: null,
    enrolledInc: null,
    enrolledSeq: null,
    blocked: false,
    firstName: null,
    nameKey: null,
    phone: null,
    email: null,
    phoneHash: null,
    emailHash: null,
    birthday: null,
    segments: [],
    salt: '',
  };
}

export async function saveEnrolled(transaction: Transaction, enrolled: readonly Enrolled[]): Promise<void> {
  const { members } = tablesOf(transaction);
  for (const { member, joined, orderKey, inc, seq } of enrolled) {
    const known = members.get(member) ?? newMember(member, joined);
    members.set(member, { ...known, joined, enrolledOrder: orderKey, enrolledInc: inc, enrolledSeq: seq });
  }
}

export async function savePlaceholders(
  transaction: Transaction,
  placeholders: readonly { readonly member: MemberId; readonly joined: string }[],
): Promise<void> {
  const { members } = tablesOf(transaction);
  for (const { member, joined } of placeholders)
    if (!members.has(member)) members.set(member, newMember(member, joined));
}

export async function savePersonalData(transaction: Transaction, { member, ...person }: PersonalData): Promise<void> {
  const { members } = tablesOf(transaction);
  const known = members.get(member);
  if (known !== undefined) members.set(member, { ...known, ...person });
}

export async function blockMembers(transaction: Transaction, blocked: readonly MemberId[]): Promise<void> {
  const { members } = tablesOf(transaction);
  for (const row of members.some(blocked)) members.set(row.id, { ...row, blocked: true });
}

export async function blockedAmong(queries: Queries, asked: readonly MemberId[]): Promise<Set<MemberId>> {
  const rows = tablesOf(queries).members.some(asked);
  return new Set(rows.filter(({ blocked }) => blocked).map(({ id }) => id));
}
