/** What a member's state keeps of a sale: enough to judge levels, badges, caps and limits, and to undo the sale, without its entry. */
import { decimalText, parseDecimal } from '../base/decimal.ts';
import type { BusinessDate } from '../base/business-date.ts';
import type { RewardId, RuleId, SaleId, StoreId, WalletId } from '../base/ids.ts';
import type { Minor, Points } from '../base/numbers.ts';
import { minor } from '../base/numbers.ts';
import { compare, type Rational, subtract, ZERO } from '../base/rational.ts';
import { floor } from '../base/rounding.ts';
import type { CountedSale } from '../loyalty/badges/count.ts';
import type { RecordedEarning, RecordedLine } from '../loyalty/sale/record.ts';
import type { RefundBody } from './bodies/refund.ts';
import type { SaleGift } from './bodies/sale.ts';
import type { LotPart } from './wallet-state.ts';

export type NoteLine = {
  readonly sku: string;
  readonly category: string | null;
  readonly tags: readonly string[];
  /** What is left of it, as a decimal string; "0": all of it was returned. */
  readonly quantity: string;
  /** Paid and left, minor units. */
  readonly paid: Minor;
};

export type SaleNote = {
  readonly sale: SaleId;
  readonly date: BusinessDate;
  readonly store: StoreId;
  readonly lines: readonly NoteLine[];
  /** What each rule still gives, by the index of the earning in the sale. */
  readonly earned: readonly RecordedEarning[];
  /** Rewards that it used; empty once it was returned in full (fine print 22). */
  readonly uses: Readonly<Record<RewardId, number>>;
  /** The parts of lots that its redemptions took and have not given back, by wallet. */
  readonly took: Readonly<Record<WalletId, readonly LotPart[]>>;
  /** Its gifts that stand: not those that the member could not have a second time. */
  readonly gifts: readonly SaleGift[];
};

export function noteLines(lines: readonly RecordedLine[]): NoteLine[] {
  return lines.map(({ sku, category, tags, quantity, paid }) => ({ sku, category, tags, quantity, paid }));
}

/** What the entry says beyond is not a state's. */
export function noteEarnings(earned: readonly RecordedEarning[]): RecordedEarning[] {
  return earned.map(({ rule, wallet, amount }) => ({ rule, wallet, amount }));
}

export function noteGift(gift: SaleGift): SaleGift {
  const { amount } = gift;
  switch (gift.reason) {
    case 'badge':
      return { reason: gift.reason, badge: gift.badge, wallet: gift.wallet, amount };
    case 'referee':
      return { reason: gift.reason, wallet: gift.wallet, amount };
    case 'referrer':
      return { reason: gift.reason, member: gift.member, wallet: gift.wallet, amount };
    default:
      return gift satisfies never;
  }
}

export function hasSome({ quantity }: NoteLine): boolean {
  return quantity !== '0';
}

export function dueLeft({ lines }: SaleNote): Minor {
  return minor(lines.reduce((sum, { paid }) => sum + paid, 0));
}

export function givenBy({ earned }: SaleNote): [RuleId, Points][] {
  return earned.flatMap(({ rule, amount }): [RuleId, Points][] => (amount > 0 ? [[rule, amount]] : []));
}

/** What a refund leaves of the lines; never below nothing, whatever two tills returned at the same time. */
export function linesAfter(lines: readonly NoteLine[], returned: RefundBody['lines']): readonly NoteLine[] {
  const back = new Map(returned.map((line) => [line.line, line]));
  return lines.map((line, index) => {
    const less = back.get(index);
    return less === undefined ? line : lessReturned(line, less.quantity, less.money);
  });
}

function lessReturned(line: NoteLine, quantity: string, money: Minor): NoteLine {
  const left = subtract(quantityOf(line.quantity), quantityOf(quantity));
  return {
    ...line,
    quantity: compare(left, ZERO) <= 0 ? '0' : decimalText(left),
    paid: minor(Math.max(0, line.paid - money)),
  };
}

function quantityOf(text: string): Rational {
  return parseDecimal(text) ?? ZERO;
}

const counted = new WeakMap<SaleNote, CountedSale>();

/** As badges and goals count it. Made once for each note: a note never changes. */
export function countedSale(note: SaleNote): CountedSale {
  const known = counted.get(note);
  if (known !== undefined) return known;
  const made: CountedSale = {
    sale: note.sale,
    date: note.date,
    store: note.store,
    lines: note.lines.map(({ sku, category, tags, quantity, paid }) => ({
      sku,
      category,
      tags,
      units: Number(floor(quantityOf(quantity))),
      paid,
    })),
  };
  counted.set(note, made);
  return made;
}
