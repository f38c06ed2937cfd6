/** Cards: what entries say about each, and whose it is by that. */
import type { CardCode, IncarnationId, MemberId } from '../../../base/ids.ts';
import type { CardStatus } from '../../protocol/feed.ts';
import type { Queries, Transaction } from './client.ts';

export type CardFact = {
  readonly code: CardCode;
  readonly orderKey: string;
  /** `link`: the member claims it; `block` and `replace`: it is good no more. */
  readonly action: 'link' | 'block' | 'replace';
  readonly member: MemberId;
  readonly inc: IncarnationId;
  readonly seq: number;
};

export type Card = {
  readonly code: CardCode;
  /** Who claimed it first. */
  readonly member: MemberId;
  /** Where that account leads. */
  readonly owner: MemberId;
  readonly status: CardStatus;
  readonly orderKey: string;
  readonly inc: IncarnationId;
  readonly seq: number;
};

/** Facts that are there already stay. */
export async function saveCardFacts(transaction: Transaction, facts: readonly CardFact[]): Promise<void> {
  if (facts.length === 0) return;
  await transaction`
    insert into card_fact (code, order_key, action, member, inc, seq)
    select * from unnest(${facts.map((fact) => fact.code)}::text[], ${facts.map((fact) => fact.orderKey)}::text[],
      ${facts.map((fact) => fact.action)}::text[], ${facts.map((fact) => fact.member)}::text[], ${facts.map((fact) => fact.inc)}::text[],
      ${facts.map((fact) => fact.seq)}::bigint[])
    on conflict do nothing`;
}

/** In no order. */
export async function factsOfCards(queries: Queries, codes: readonly CardCode[]): Promise<CardFact[]> {
  return await queries<CardFact[]>`
    select code, order_key, action, member, inc, seq from card_fact where code = any(${[...codes]}::text[])`;
}

/** Of these, what was said against them. */
export async function stopsOfCards(queries: Queries, codes: readonly CardCode[]): Promise<CardFact[]> {
  return await queries<CardFact[]>`
    select code, order_key, action, member, inc, seq from card_fact
    where code = any(${[...codes]}::text[]) and action <> 'link'`;
}

/** Cards that entries of these accounts speak of. */
export async function cardsNamedBy(queries: Queries, members: readonly MemberId[]): Promise<CardCode[]> {
  const rows = await queries<{ code: CardCode }[]>`
    select distinct code from card_fact where member = any(${[...members]}::text[])`;
  return rows.map((row) => row.code);
}

export async function findCards(queries: Queries, codes: readonly CardCode[]): Promise<Map<CardCode, Card>> {
  const rows = await queries<Card[]>`
    select code, member, owner, status, order_key, inc, seq from card where code = any(${[...codes]}::text[])`;
  return new Map(rows.map((row) => [row.code, row]));
}

/** Each code once. */
export async function saveCards(transaction: Transaction, cards: readonly Card[]): Promise<void> {
  if (cards.length === 0) return;
  await transaction`
    insert into card (code, member, owner, status, order_key, inc, seq)
    select * from unnest(${cards.map((card) => card.code)}::text[], ${cards.map((card) => card.member)}::text[],
      ${cards.map((card) => card.owner)}::text[], ${cards.map((card) => card.status)}::text[],
      ${cards.map((card) => card.orderKey)}::text[], ${cards.map((card) => card.inc)}::text[], ${cards.map((card) => card.seq)}::bigint[])
    on conflict (code) do update set member = excluded.member, owner = excluded.owner, status = excluded.status,
      order_key = excluded.order_key, inc = excluded.inc, seq = excluded.seq`;
}

/** The cards of an account lead where the account leads. */
export async function setCardOwners(
  transaction: Transaction,
  owners: readonly { readonly account: MemberId; readonly owner: MemberId }[],
): Promise<void> {
  if (owners.length === 0) return;
  await transaction`
    update card set owner = row.owner
    from unnest(${owners.map((row) => row.account)}::text[], ${owners.map((row) => row.owner)}::text[]) as row (account, owner)
    where card.member = row.account and card.owner <> row.owner`;
}

/** Those that lead to the members: of an account that was merged they are with the one that remains. */
export async function cardsOfMembers(
  queries: Queries,
  members: readonly MemberId[],
): Promise<{ member: MemberId; code: CardCode; status: CardStatus }[]> {
  return await queries<{ member: MemberId; code: CardCode; status: CardStatus }[]>`
    select owner as member, code, status from card where owner = any(${[...members]}::text[]) order by owner, code collate "C"`;
}
