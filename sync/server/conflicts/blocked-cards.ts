/**
 * Sales on a card that was blocked or replaced before them, at a till that had not heard of it. What they would have earned is held back until
 * a person says otherwise; what was spent is spent.
 */
import type { CardCode, MemberId } from '../../../base/ids.ts';
import { accountsIn, type EntryKind } from '../../../ledger/entry.ts';
import { cardsIn } from '../fold/cards.ts';
import { judge, type Judged } from '../fold/judge.ts';
import { cardsNamedBy, findCards, stopsOfCards } from '../store/cards.ts';
import type { Transaction } from '../store/client.ts';
import { loadGroups } from '../store/entry-index.ts';
import { salesOfAccountsAfter } from '../store/sales-of-accounts.ts';
import { nameOf } from './standing.ts';
import type { Verdict } from './verdicts.ts';

export async function judgeBlockedCards(
  transaction: Transaction,
  ready: readonly Judged[],
  upTo: number,
): Promise<Verdict> {
  const touched = await cardsTouchedBy(transaction, ready);
  const used = ready.flatMap((judged) => cardOfSale(judged) ?? []);
  const blocks = await blocksOf(transaction, [...new Set([...touched, ...used])]);
  const known = [...new Set(touched)].flatMap((code) => blocks.get(code) ?? []);
  const earlier = (await Promise.all(known.map((block) => salesAfter(transaction, block, upTo)))).flat();
  const entries = new Map([...ready, ...earlier].map((judged) => [nameOf(judged), judged]));
  const sales = [...entries.values()].filter((judged) => {
    const code = cardOfSale(judged);
    return code !== undefined && blocks.has(code);
  });
  const flagged = new Map<string, string>();
  for (const judged of sales) {
    const block = blocks.get(cardOfSale(judged) ?? NO_CARD);
    if (block !== undefined && block.from < judged.orderKey) flagged.set(nameOf(judged), block.code);
  }
  return { code: 'blocked-card', entries: sales, flagged };
}

const NO_CARD = '' as CardCode; // no card has this number

/** The card that was scanned, where the till said so. */
function cardOfSale({ read }: Judged): CardCode | undefined {
  return read.as === 'known' && read.entry.kind === 'sale' ? (read.entry.body.card ?? undefined) : undefined;
}

/** Cards of which something is said, or whose holder became one with another: what was said before may count since now. */
async function cardsTouchedBy(transaction: Transaction, ready: readonly Judged[]): Promise<CardCode[]> {
  const entries = ready.flatMap(({ read }) => (read.as === 'known' ? [read.entry] : []));
  const joined = entries.flatMap((entry) => (JOINING.has(entry.kind) ? accountsIn(entry) : []));
  const named = entries.flatMap((entry) => cardsIn(entry).map(({ code }) => code));
  return joined.length === 0 ? named : [...named, ...(await cardsNamedBy(transaction, joined))];
}

const JOINING: ReadonlySet<EntryKind> = new Set(['merge', 'unmerge', 'claim', 'attach']);

type Block = { readonly code: CardCode; readonly holders: readonly MemberId[]; readonly from: string };

/** From which place in the total order on each is good no more; by its holder's word alone. */
async function blocksOf(transaction: Transaction, codes: readonly CardCode[]): Promise<ReadonlyMap<CardCode, Block>> {
  if (codes.length === 0) return new Map();
  const facts = await stopsOfCards(transaction, codes);
  if (facts.length === 0) return new Map();
  const cards = await findCards(transaction, [...new Set(facts.map(({ code }) => code))]);
  const named = [...[...cards.values()].map(({ member }) => member), ...facts.map(({ member }) => member)];
  const groups = await loadGroups(transaction, named);
  const blocks = new Map<CardCode, Block>();
  for (const { code, member, orderKey } of facts) {
    const card = cards.get(code);
    if (card === undefined || groups.rootOf(card.member) !== groups.rootOf(member)) continue;
    const before = blocks.get(code);
    if (before === undefined || orderKey < before.from)
      blocks.set(code, { code, holders: groups.together(card.member), from: orderKey });
  }
  return blocks;
}

async function salesAfter(transaction: Transaction, { code, holders, from }: Block, upTo: number): Promise<Judged[]> {
  const stored = await salesOfAccountsAfter(transaction, holders, { from, upTo });
  return stored.map(judge).filter((judged) => cardOfSale(judged) === code);
}
