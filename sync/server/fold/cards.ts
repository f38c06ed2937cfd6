/**
 * Cards, each the fold of what entries say about it in the total order: the first claim stands, and what its holder says of it afterwards.
 * A card leads where its holder's account leads, so a merged member's cards lead to the one that remains (fine print 38, 40).
 */
import type { CardCode, MemberId } from '../../../base/ids.ts';
import type { Entry } from '../../../ledger/entry.ts';
import type { Transaction } from '../store/client.ts';
import {
  cardsNamedBy,
  factsOfCards,
  findCards,
  saveCardFacts,
  saveCards,
  type Card,
  type CardFact,
} from '../store/cards.ts';
import { loadGroups, type Groups } from '../store/entry-index.ts';
import type { Flag } from '../store/flags.ts';
import type { Judged } from './judge.ts';

export type FoldedCards = {
  readonly flags: readonly Flag[];
  /** Their rows change. */ readonly touched: readonly MemberId[];
};

/** The cards that an entry speaks of. */
export function cardsIn(entry: Entry): readonly Pick<CardFact, 'code' | 'action'>[] {
  if (entry.kind === 'enrol') return [...new Set(entry.body.cards)].map((code) => ({ code, action: 'link' }));
  if (entry.kind !== 'card') return [];
  const { body } = entry;
  if (body.action !== 'replace') return [{ code: body.card, action: body.action }];
  return [
    { code: body.card, action: 'replace' },
    { code: body.new, action: 'link' },
  ];
}

/** `joined`: accounts that are folded together since now; what one of them said of a card of another counts. */
export async function foldCards(
  transaction: Transaction,
  judged: readonly Judged[],
  joined: readonly MemberId[],
): Promise<FoldedCards> {
  const facts = judged.flatMap(factsOf);
  await saveCardFacts(transaction, facts);
  const codes = new Set(facts.map(({ code }) => code));
  if (joined.length > 0) for (const code of await cardsNamedBy(transaction, joined)) codes.add(code);
  if (codes.size === 0) return { flags: [], touched: [] };
  return await foldCodes(transaction, [...codes]);
}

function factsOf({ read, orderKey, inc, seq }: Judged): CardFact[] {
  if (read.as !== 'known' || read.entry.member === null) return [];
  const { member } = read.entry;
  return cardsIn(read.entry).map(({ code, action }) => ({ code, action, member, orderKey, inc, seq }));
}

async function foldCodes(transaction: Transaction, codes: readonly CardCode[]): Promise<FoldedCards> {
  const facts = await factsOfCards(transaction, codes);
  const groups = await loadGroups(
    transaction,
    facts.map(({ member }) => member),
  );
  const standing = await findCards(transaction, codes);
  const folded = [...Map.groupBy(facts, ({ code }) => code).values()].map((own) => foldCard(own, groups));
  const changed = folded.flatMap(({ card }) => (card === undefined || isSame(card, standing) ? [] : [card]));
  // Where the holder stays the account's lead does; that of a new holder is set once the accounts are folded.
  await saveCards(
    transaction,
    changed.map((card) => {
      const before = standing.get(card.code);
      return before?.member === card.member ? { ...card, owner: before.owner } : card;
    }),
  );
  const before = changed.flatMap(({ code }) => standing.get(code) ?? []);
  return {
    flags: folded.flatMap(({ flags }) => flags),
    touched: [...before.flatMap(({ member, owner }) => [member, owner]), ...changed.map(({ member }) => member)],
  };
}

function foldCard(facts: readonly CardFact[], groups: Groups): { card: Card | undefined; flags: Flag[] } {
  const flags: Flag[] = [];
  let card: Card | undefined;
  for (const { action, ...fact } of facts.toSorted(byOrder)) {
    if (card === undefined) {
      if (action === 'link') card = { ...fact, owner: fact.member, status: 'active' };
      continue;
    }
    if (groups.rootOf(card.member) === groups.rootOf(fact.member)) {
      if (action !== 'link') card = { ...card, status: action === 'block' ? 'blocked' : 'replaced' };
    } else if (action === 'link') {
      const detail = `${fact.member}: a card of theirs is another member's`;
      flags.push({ inc: fact.inc, seq: fact.seq, code: 'card-taken', detail });
    }
  }
  return { card, flags };
}

function byOrder(left: CardFact, right: CardFact): number {
  if (left.orderKey !== right.orderKey) return left.orderKey < right.orderKey ? -1 : 1;
  return left.action < right.action ? -1 : left.action > right.action ? 1 : 0;
}

function isSame(card: Card, standing: ReadonlyMap<CardCode, Card>): boolean {
  const before = standing.get(card.code);
  return before?.member === card.member && before.status === card.status && before.orderKey === card.orderKey;
}
