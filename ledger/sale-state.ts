/**
 * A sale as it stands: what was sold, whose it is now, and what refunds have undone; one pure fold over the entries that name it. Tills get it
 * from head office for the sales of other tills, so that a refund works wherever the customer brings the goods.
 */
import { present } from '../base/assert.ts';
import type { EpochMs } from '../base/business-date.ts';
import type { HashHex, IncarnationId, MemberId, SaleId, StoreId, TillId } from '../base/ids.ts';
import { minor, type Minor, points } from '../base/numbers.ts';
import { add } from '../base/rational.ts';
import { floor } from '../base/rounding.ts';
import { lesser, quantityText, recordedQuantity } from '../loyalty/refunds/quantity.ts';
import { freeAmong, soldLines } from '../loyalty/refunds/sold-line.ts';
import { nothingReturned } from '../loyalty/refunds/returned.ts';
import type { Returned, ReturnedLine, SaleRecord } from '../loyalty/sale/record.ts';
import type { RefundBody } from './bodies/refund.ts';
import type { SaleGift } from './bodies/sale.ts';
import type { Entry, EntryOf } from './entry.ts';
import type { Hlc } from './hlc.ts';
import { noteEarnings, noteGift } from './sale-note.ts';

export type SaleState = {
  readonly sale: SaleId;
  /** The sale's own entry. */
  readonly inc: IncarnationId;
  readonly seq: number;
  readonly store: StoreId;
  readonly till: TillId;
  readonly receipt: string | null;
  readonly reference: string | null;
  readonly prog: HashHex | null;
  readonly hlc: Hlc;
  readonly wall: EpochMs;
  /** Whose it is: from the start, or since its card came or its code was claimed. */
  readonly member: MemberId | null;
  /** Nobody has claimed it: its account, and the hash of the receipt's claim code. */
  readonly unclaimed: { readonly account: MemberId; readonly code: HashHex } | null;
  readonly record: SaleRecord;
  readonly gifts: readonly SaleGift[];
  readonly list: Minor;
  readonly discount: Minor;
  readonly due: Minor;
  readonly returned: Returned;
  readonly voided: boolean;
  /** By the hash of their codes; left out where it printed none. */
  readonly vouchers?: readonly HashHex[];
};

/** The sale that an entry speaks of. */
export function saleIn(entry: Entry): SaleId | null {
  switch (entry.kind) {
    case 'sale':
    case 'refund':
    case 'void':
    case 'attach':
    case 'claim':
      return entry.body.sale;
    default:
      return null;
  }
}

/** Undefined where the sale itself is not known. Of two claims, cards or voids the first in the total order stands. */
export function applyToSale(state: SaleState | undefined, entry: Entry): SaleState | undefined {
  if (entry.kind === 'sale') return state ?? newSale(entry);
  if (state === undefined) return undefined;
  switch (entry.kind) {
    case 'refund':
      return { ...state, returned: returnedAfter(state, entry.body) };
    case 'void':
      return { ...state, voided: true, returned: allReturned(state.record) };
    case 'attach':
      return state.member === null ? attached(state, entry) : state;
    case 'claim':
      return state.unclaimed === null ? state : { ...state, member: entry.member, unclaimed: null };
    default:
      return state;
  }
}

function newSale(entry: EntryOf<'sale'>): SaleState {
  const { inc, seq, store, till, receipt, prog, hlc, wall, member, bd, body } = entry;
  const { sale, reference, minute, channel, lines, redeemed, earned, context, gifts, claim, list, discount, due } =
    body;
  const record = recordOf({ date: bd, minute, channel, store, lines, redeemed, earned, context });
  return {
    sale,
    inc,
    seq,
    store,
    till,
    receipt,
    reference,
    prog,
    hlc,
    wall,
    member: claim === null ? member : null,
    unclaimed: claim === null || member === null ? null : { account: member, code: claim },
    record,
    gifts: gifts.map(noteGift),
    list,
    discount,
    due,
    returned: nothingReturned(record),
    voided: false,
    ...(body.vouchers.length === 0 ? {} : { vouchers: body.vouchers.map(({ code }) => code) }),
  };
}

function attached(state: SaleState, { member, body }: EntryOf<'attach'>): SaleState {
  const { earned, context, gifts } = body;
  return {
    ...state,
    member,
    unclaimed: null,
    gifts: gifts.map(noteGift),
    record: recordOf({ ...state.record, earned, context }),
    returned: { ...state.returned, earned: earned.map(() => points(0)) },
  };
}

/** In one order of fields and without what an entry says beyond, so that the same sale gives the same text. */
function recordOf({ date, minute, channel, store, lines, redeemed, earned, context }: SaleRecord): SaleRecord {
  return {
    date,
    minute,
    channel,
    store,
    lines: lines.map(({ sku, category, tags, quantity, unitPrice, taxRate, list, paid }) => ({
      sku,
      category,
      tags,
      quantity,
      unitPrice,
      taxRate,
      list,
      paid,
    })),
    redeemed: redeemed.map(({ reward, wallet, cost, discount, lines: parts }) => ({
      reward,
      wallet,
      cost,
      discount,
      lines: parts.map(({ line, discount: off, freeUnits }) => ({ line, discount: off, freeUnits })),
    })),
    earned: noteEarnings(earned),
    context: {
      level: context.level,
      held: context.held,
      frequent: context.frequent.map(({ times, within, skus }) => ({ times, within, skus })),
      today: context.today.map(({ rule, amount }) => ({ rule, amount })),
    },
  };
}

/**
 * Two tills may have taken the same goods back at the same time: never more than was sold counts as returned, nor more than was spent and
 * earned as given back and lost. Units that were free come back last (fine print 23), whichever refund brought them.
 */
function returnedAfter({ record, returned }: SaleState, { lines, returned: spent, lost }: RefundBody): Returned {
  const back = new Map(lines.map((line) => [line.line, line]));
  return {
    lines: soldLines(record).map((sold): ReturnedLine => {
      const before = present(returned.lines[sold.index], 'a returned line');
      const line = back.get(sold.index);
      if (line === undefined) return before;
      const sum = lesser(add(recordedQuantity(before.quantity), recordedQuantity(line.quantity)), sold.quantity);
      return {
        quantity: quantityText(sum),
        freeUnits: Number(floor(freeAmong(sold, sum))),
        money: minor(Math.min(sold.line.paid, before.money + line.money)),
      };
    }),
    redeemed: record.redeemed.map(({ cost }, index) =>
      points(Math.min(cost, (returned.redeemed[index] ?? 0) + sumAt(spent, 'redemption', index))),
    ),
    earned: record.earned.map(({ amount }, index) =>
      points(Math.min(amount, (returned.earned[index] ?? 0) + sumAt(lost, 'earning', index))),
    ),
  };
}

function sumAt<Key extends string>(
  parts: readonly ({ readonly amount: number } & { readonly [Of in Key]: number })[],
  key: Key,
  index: number,
): number {
  return parts.reduce((sum, part) => sum + (part[key] === index ? part.amount : 0), 0);
}

/** A void undoes all, also where its entry (of version 1) does not list what. */
function allReturned(record: SaleRecord): Returned {
  return {
    lines: soldLines(record).map(({ line, freeUnits }) => ({
      quantity: line.quantity,
      freeUnits,
      money: line.paid,
    })),
    redeemed: record.redeemed.map(({ cost }) => cost),
    earned: record.earned.map(({ amount }) => amount),
  };
}
