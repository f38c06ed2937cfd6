import type { CardCode, MemberId } from '../../../base/ids.ts';
import type { CardStatus } from '../../../sync/protocol/feed.ts';
import type { Card, CardFact } from '../../../sync/server/store/cards.ts';
import type { Queries, Transaction } from '../../../sync/server/store/client.ts';
import { byText, tablesOf } from './tables.ts';

export async function saveCardFacts(transaction: Transaction, facts: readonly CardFact[]): Promise<void> {
  const { cardFacts } = tablesOf(transaction);
  for (const fact of facts) {
    const name = `${fact.code} ${fact.orderKey} ${fact.action}`;
    if (!cardFacts.has(name)) cardFacts.set(name, fact);
  }
}

export async function factsOfCards(queries: Queries, codes: readonly CardCode[]): Promise<CardFact[]> {
  return tablesOf(queries)
    .cardFacts.values()
    .filter(({ code }) => codes.includes(code));
}

export async function cardsNamedBy(queries: Queries, members: readonly MemberId[]): Promise<CardCode[]> {
  const facts = tablesOf(queries).cardFacts.values();
  return [...new Set(facts.filter(({ member }) => members.includes(member)).map(({ code }) => code))];
}

export async function findCards(queries: Queries, codes: readonly CardCode[]): Promise<Map<CardCode, Card>> {
  return new Map(
    tablesOf(queries)
      .cards.some(codes)
      .map((card) => [card.code, card]),
  );
}

export async function saveCards(transaction: Transaction, cards: readonly Card[]): Promise<void> {
  for (const card of cards) tablesOf(transaction).cards.set(card.code, card);
}

export async function setCardOwners(
  transaction: Transaction,
  owners: readonly { readonly account: MemberId; readonly owner: MemberId }[],
): Promise<void> {
  const { cards } = tablesOf(transaction);
  const leads = new Map(owners.map(({ account, owner }) => [account, owner]));
  for (const card of cards.values()) {
    const owner = leads.get(card.member);
    if (owner !== undefined && owner !== card.owner) cards.set(card.code, { ...card, owner });
  }
}

export async function cardsOfMembers(
  queries: Queries,
  members: readonly MemberId[],
): Promise<{ member: MemberId; code: CardCode; status: CardStatus }[]> {
  return tablesOf(queries)
    .cards.values()
    .filter(({ owner }) => members.includes(owner))
    .map(({ owner, code, status }) => ({ member: owner, code, status }))
    .toSorted(byText(({ member, code }) => `${member} ${code}`));
}
