import { describe, expect, it } from 'vitest';
import { epochMs, localTime } from '../../base/business-date.ts';
import type { MemberId, RewardId, RuleId, StoreId, WalletId } from '../../base/ids.ts';
import { type Points, points } from '../../base/numbers.ts';
import type { MemberFacts, RewardUses } from '../member-facts.ts';
import { parseProgramme } from '../programme/parse.ts';
import type { Programme } from '../programme/programme.ts';
import { findUnbuilt } from '../programme/unbuilt.ts';
import { valueOf } from '../testing/build.ts';
import scenarios from '../testing/scenarios.json' with { type: 'json' };
import { evaluateSale } from './evaluate.ts';
import type { SaleEvaluation } from './evaluation.ts';
import { redeemListSchema, saleLinesSchema, type SaleRequest } from './request.ts';

/** Sales of the shared scenarios, on a book as small as can be; what a refund moved is written into their data as `move`. */

type Step = {
  readonly do: string;
  readonly at?: string;
  readonly member?: string;
  readonly lines?: unknown;
  readonly redeem?: unknown;
  readonly operator?: string;
  readonly approvedBy?: string;
  readonly by?: Readonly<Record<string, number>>;
  readonly expect?: Expected;
};
type Amounts = Readonly<Record<string, number>>;
type Expected = {
  readonly refused?: string;
  readonly earned?: Amounts;
  readonly spent?: Amounts;
  readonly discount?: number;
  readonly due?: number;
  readonly balance?: Amounts;
};
type Book = {
  birthday: { month: number; day: number } | undefined;
  balance: Map<WalletId, Points>;
  visits: number;
  uses: Map<RewardId, RewardUses>;
};

describe.each(scenarios)('$name', ({ programme: document, members, steps }) => {
  const programme = valueOf(parseProgramme(document));
  const books = new Map<string, Book>(
    members.map((member) => [member.id, newBook('birthday' in member ? member.birthday : undefined)]),
  );

  it('uses only what is built', () => {
    expect(findUnbuilt(programme)).toEqual([]);
  });

  it('comes out as it says, step by step', () => {
    for (const [index, step] of (steps as readonly Step[]).entries()) {
      // JSON of many shapes, read as one
      const book = books.get(step.member ?? '');
      if (step.do === 'move') move(book, step.by ?? {});
      else expect(outcome(programme, step, book), `step ${index}`).toEqual(step.expect ?? {});
    }
  });
});

function outcome(programme: Programme, step: Step, book: Book | undefined): Expected {
  const result = evaluateSale(programme, book && factsOf(book, step.member ?? ''), requestOf(step));
  if (!result.ok) return { refused: result.error.code };
  if (book !== undefined) commit(book, result.value);
  return outcomeFor(step, result.value, book);
}

/** Only what the step expects is looked at; a wallet without an amount counts 0. */
function outcomeFor(
  { expect: expected = {} }: Step,
  { earned, spent, totals }: SaleEvaluation,
  book: Book | undefined,
): Expected {
  const named = (amounts: Amounts, value: (wallet: string) => number) =>
    Object.fromEntries(Object.keys(amounts).map((wallet) => [wallet, value(wallet)]));
  const of = (list: SaleEvaluation['earned']) => (wallet: string) =>
    list.find((entry) => entry.wallet === wallet)?.amount ?? 0;
  return {
    ...(expected.earned && { earned: named(expected.earned, of(earned)) }),
    ...(expected.spent && { spent: named(expected.spent, of(spent)) }),
    ...(expected.discount !== undefined && { discount: totals.discount }),
    ...(expected.due !== undefined && { due: totals.due }),
    ...(expected.balance && {
      balance: named(expected.balance, (wallet) => book?.balance.get(wallet as WalletId) ?? 0),
    }), // a name from the file
  };
}

function commit(book: Book, { earned, spent, rewards }: SaleEvaluation): void {
  for (const { wallet, amount } of spent) move(book, { [wallet]: -amount });
  for (const { wallet, amount } of earned) move(book, { [wallet]: amount });
  for (const { reward } of rewards) {
    const uses = book.uses.get(reward) ?? { day: 0, month: 0, ever: 0 };
    book.uses.set(reward, { day: uses.day + 1, month: uses.month + 1, ever: uses.ever + 1 });
  }
  book.visits += 1;
}

function move(book: Book | undefined, by: Amounts): void {
  for (const [name, amount] of Object.entries(by)) {
    const wallet = name as WalletId; // a name from the file
    book?.balance.set(wallet, points((book.balance.get(wallet) ?? 0) + amount));
  }
}

function newBook(birthday: string | undefined): Book {
  const [month, day] = birthday?.slice(-5).split('-').map(Number) ?? [];
  const known = month === undefined || day === undefined ? undefined : { month, day };
  return { birthday: known, balance: new Map(), visits: 0, uses: new Map() };
}

function factsOf({ birthday, balance, visits, uses }: Book, id: string): MemberFacts {
  return {
    id: id as MemberId, // a name from the file
    birthday,
    segments: [],
    spendable: balance,
    visits,
    unclaimed: false,
    level: null,
    memberships: new Set(),
    clubs: new Set(),
    purchases: new Map(),
    earnedToday: new Map<RuleId, Points>(),
    rewardUses: uses,
  };
}

function requestOf(step: Step): SaleRequest {
  return {
    local: localTime(epochMs(Date.parse(step.at ?? '')), 'Europe/Berlin'),
    channel: 'store',
    store: 's1' as StoreId, // the default of the files
    lines: saleLinesSchema.parse(step.lines),
    redeem: redeemListSchema.parse(step.redeem ?? []),
    operatorRole: 'cashier',
    approverRole: step.approvedBy === 'manager' ? 'manager' : undefined,
  };
}
