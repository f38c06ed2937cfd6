/**
 * A sale as it stands: what was sold, whose it is now, and what refunds have undone; one pure fold over the entries that name it. Tills get it
 * from head office for the sales of other tills, so that a refund works wherever the customer brings the goods.
 */
import { parseDecimal } from '../base/decimal.ts';
import type { EpochMs } from '../base/business-date.ts';
import type { HashHex, IncarnationId, MemberId, SaleId, StoreId, TillId } from '../base/ids.ts';
import { minor, type Minor, points } from '../base/numbers.ts';
import { add, compare, ZERO } from '../base/rational.ts';
import type { Returned, SaleRecord } from '../loyalty/sale/record.ts';
import type { RefundBody } from './bodies/refund.ts';
import type { SaleGift } from './bodies/sale.ts';
import type { Entry, EntryOf } from './entry.ts';
import type { Hlc } from './hlc.ts';
import { decimalText } from './sale-note.ts';

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
      return { ...state, voided: true, returned: allReturned(state, returnedAfter(state, entry.body)) };
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
    record: { date: bd, minute, channel, store, lines, redeemed, earned, context },
    gifts,
    list,
    discount,
    due,
    returned: {
      lines: lines.map(() => ({ quantity: '0', freeUnits: 0, money: minor(0) })),
      redeemed: redeemed.map(() => points(0)),
      earned: earned.map(() => points(0)),
    },
    voided: false,
  };
}

function attached(state: SaleState, { member, body }: EntryOf<'attach'>): SaleState {
  const { earned, context, gifts } = body;
  return {
    ...state,
    member,
    unclaimed: null,
    gifts,
    record: { ...state.record, earned, context },
    returned: { ...state.returned, earned: earned.map(() => points(0)) },
  };
}

/** Two tills may have taken the same goods back at the same time: never more than was sold counts as returned. */
function returnedAfter({ record, returned }: SaleState, { lines, returned: spent, lost }: RefundBody): Returned {
  const back = new Map(lines.map((line) => [line.line, line]));
  return {
    lines: returned.lines.map((before, index) => {
      const line = back.get(index);
      const sold = record.lines[index];
      if (line === undefined || sold === undefined) return before;
      const sum = add(parseDecimal(before.quantity) ?? ZERO, parseDecimal(line.quantity) ?? ZERO);
      const whole = compare(sum, parseDecimal(sold.quantity) ?? ZERO) >= 0;
      return {
        quantity: whole ? sold.quantity : decimalText(sum),
        freeUnits: before.freeUnits + line.freeUnits,
        money: minor(Math.min(sold.paid, before.money + line.money)),
      };
    }),
    redeemed: returned.redeemed.map((before, index) => points(before + sumAt(spent, 'redemption', index))),
    earned: returned.earned.map((before, index) => points(before + sumAt(lost, 'earning', index))),
  };
}

function sumAt<Key extends string>(
  parts: readonly ({ readonly amount: number } & { readonly [Of in Key]: number })[],
  key: Key,
  index: number,
): number {
  return parts.reduce((sum, part) => sum + (part[key] === index ? part.amount : 0), 0);
}

/** A void undoes all, also where its entry (of version 1) does not list the lines. */
function allReturned({ record }: SaleState, { redeemed, earned }: Returned): Returned {
  const freeUnits = (line: number): number =>
    record.redeemed.reduce(
      (sum, redemption) =>
        sum + redemption.lines.reduce((of, part) => of + (part.line === line ? part.freeUnits : 0), 0),
      0,
    );
  const lines = record.lines.map(({ quantity, paid }, index) => ({
    quantity,
    freeUnits: freeUnits(index),
    money: paid,
  }));
  return { lines, redeemed, earned };
}
