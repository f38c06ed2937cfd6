/**
 * Goals of clubs (fine print 37): once one is reached, every member who took part gets the gift, once. Sales of before the day on which it was
 * given that come late still give their member the share; later ones do not.
 */
import type { BusinessDate } from '../../../base/business-date.ts';
import { parseDecimal } from '../../../base/decimal.ts';
import type { MemberId } from '../../../base/ids.ts';
import { subtract, ZERO } from '../../../base/rational.ts';
import { floor } from '../../../base/rounding.ts';
import { type EntryOf, parseEntry } from '../../../ledger/entry.ts';
import type { ClubStay, MemberState } from '../../../ledger/member-state.ts';
import { orderKey } from '../../../ledger/order.ts';
import type { SaleState } from '../../../ledger/sale-state.ts';
import type { CountedSale } from '../../../loyalty/badges/count.ts';
import { countGoal } from '../../../loyalty/clubs/goal.ts';
import type { Goal } from '../../../loyalty/programme/clubs.ts';
import { stateOf } from '../fold/fold-accounts.ts';
import { saleStateOf } from '../fold/fold-sales.ts';
import type { OwnFact } from '../own-stream/own-stream.ts';
import { loadTerms } from '../programme/terms.ts';
import type { Transaction } from '../store/client.ts';
import { goalEntries } from '../store/entries.ts';
import { loadGroups } from '../store/entry-index.ts';
import { statesInClub } from '../store/member-states.ts';
import { salesOfMembers } from '../store/sale-states.ts';

type Given = { readonly entry: EntryOf<'goal'>; readonly order: string };
type ClubMember = { readonly member: MemberId; readonly state: MemberState; readonly stays: readonly ClubStay[] };

/** Shares that are due on the date, by the version in effect then. */
export async function reachedGoals(transaction: Transaction, date: BusinessDate): Promise<OwnFact[]> {
  const clubs = (await loadTerms(transaction)).on(date)?.clubs ?? [];
  if (clubs.length === 0) return [];
  const given = (await goalEntries(transaction)).flatMap(({ text }): Given[] => {
    const parsed = parseEntry(text);
    if (!parsed.ok || !parsed.value.known || parsed.value.entry.kind !== 'goal') return [];
    return [{ entry: parsed.value.entry, order: orderKey(parsed.value.entry) }];
  });
  const facts: OwnFact[] = [];
  for (const club of clubs) {
    const goals = club.goals.filter(({ from }) => from <= date);
    if (goals.length === 0) continue;
    const members = (await statesInClub(transaction, club.id)).flatMap(({ member, state }): ClubMember[] => {
      const known = stateOf({ state });
      return known.into === null ? [{ member, state: known, stays: known.clubs[club.id] ?? [] }] : [];
    });
    for (const goal of goals) {
      const before = given.filter(({ entry }) => entry.body.club === club.id && entry.body.goal === goal.id);
      facts.push(...(await sharesOf(transaction, { club: club.id, goal, members, given: before, date })));
    }
  }
  return facts;
}

type GoalOfClub = {
  readonly club: string;
  readonly goal: Goal;
  readonly members: readonly ClubMember[];
  readonly given: readonly Given[];
  readonly date: BusinessDate;
};

async function sharesOf(
  transaction: Transaction,
  { club, goal, members, given, date }: GoalOfClub,
): Promise<OwnFact[]> {
  const groups = await loadGroups(
    transaction,
    members.map(({ member }) => member),
  );
  const until = goal.until < date ? goal.until : date;
  const accounts = members.flatMap(({ member }) => groups.together(member));
  const rows = await salesOfMembers(transaction, accounts, { from: goal.from, until });
  const first = given.map(({ order }) => order).toSorted()[0];
  const sold = Map.groupBy(
    rows.map((row) => ({ root: groups.rootOf(row.member), member: row.member, sale: saleStateOf(row) })),
    ({ root }) => root,
  );
  const sales = new Map(
    members.map(({ member, stays }) => {
      const own = (sold.get(groups.rootOf(member)) ?? []).map(({ sale }) => sale);
      const counting = own
        .filter((sale) => !sale.voided && stays.some((stay) => isIn(stay, sale.record.date)))
        .filter((sale) => first === undefined || orderOf(sale) < first)
        .toSorted((left, right) => (orderOf(left) < orderOf(right) ? -1 : 1));
      return [member, counting.map(countedSale)] as const;
    }),
  );
  const { reached, members: brought } = countGoal(goal, sales);
  if (!reached && first === undefined) return [];
  const gave = new Set(given.flatMap(({ entry }) => (entry.member === null ? [] : [groups.rootOf(entry.member)])));
  const { wallet, amount } = goal.give;
  return members
    .filter(({ member, state }) => brought.has(member) && !state.goals.includes(`${club}/${goal.id}`))
    .filter(({ member }) => !gave.has(groups.rootOf(member)))
    .map(({ member }) => ({ kind: 'goal', member, body: { club, goal: goal.id, wallet, amount } }));
}

function isIn({ from, until }: ClubStay, date: BusinessDate): boolean {
  return from <= date && (until === null || date < until);
}

/** Of the sale's own entry. */
function orderOf({ record, hlc, till, inc, seq }: SaleState): string {
  return orderKey({ bd: record.date, hlc, till, inc, seq });
}

/** What is left of it, as goals count it. */
function countedSale({ sale, store, record, returned }: SaleState): CountedSale {
  const lines = record.lines.map(({ sku, category, tags, quantity, paid }, index) => {
    const back = returned.lines[index];
    const left = subtract(parseDecimal(quantity) ?? ZERO, parseDecimal(back?.quantity ?? '0') ?? ZERO);
    return { sku, category, tags, units: Number(floor(left)), paid: paid - (back?.money ?? 0) };
  });
  return { sale, date: record.date, store, lines };
}
