/** Which member a card belongs to, and by which entry. */
import type { CardCode, IncarnationId, MemberId } from '../../../base/ids.ts';
import type { Queries, Transaction } from './client.ts';

export type CardClaim = {
  readonly code: CardCode;
  readonly member: MemberId;
  readonly orderKey: string;
  readonly inc: IncarnationId;
  readonly seq: number;
};

export async function findCards(queries: Queries, codes: readonly CardCode[]): Promise<Map<CardCode, CardClaim>> {
  const rows = await queries<CardClaim[]>`
    select code, member, order_key, inc, seq from card where code = any(${[...codes]}::text[])`;
  return new Map(rows.map((row) => [row.code, row]));
}

/** Each code once: the claim that stands. */
export async function saveCards(transaction: Transaction, claims: readonly CardClaim[]): Promise<void> {
  if (claims.length === 0) return;
  await transaction`
    insert into card (code, member, status, order_key, inc, seq)
    select row.code, row.member, 'active', row.order_key, row.inc, row.seq
    from unnest(${claims.map((claim) => claim.code)}::text[], ${claims.map((claim) => claim.member)}::text[],
      ${claims.map((claim) => claim.orderKey)}::text[], ${claims.map((claim) => claim.inc)}::text[], ${claims.map((claim) => claim.seq)}::bigint[])
      as row (code, member, order_key, inc, seq)
    on conflict (code) do update set member = excluded.member, order_key = excluded.order_key, inc = excluded.inc, seq = excluded.seq`;
}

export async function cardsOfMembers(
  queries: Queries,
  members: readonly MemberId[],
): Promise<{ member: MemberId; code: CardCode; status: 'active' | 'blocked' | 'replaced' }[]> {
  return await queries<{ member: MemberId; code: CardCode; status: 'active' | 'blocked' | 'replaced' }[]>`
    select member, code, status from card where member = any(${[...members]}::text[]) order by member, code collate "C"`;
}
