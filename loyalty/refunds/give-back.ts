import { present } from '../../base/assert.ts';
import type { RewardId, WalletId } from '../../base/ids.ts';
import { NO_POINTS, type Points, points } from '../../base/numbers.ts';
import type { Rational } from '../../base/rational.ts';
import type { Programme } from '../programme/programme.ts';
import type { RecordedRedemption, Returned, SaleRecord } from '../sale/record.ts';
import { discountParts, type Part, proportionOf, unitParts } from './parts.ts';
import { quantityText } from './quantity.ts';
import { freeAmong, returnedQuantities, type SoldLine, soldLines } from './sold-line.ts';

/**
 * What a sale's redemptions give back once so much of it has come back. A free-item reward gives back by its free units (fine
 * print 24), others in proportion to their discount (25) or only with the whole sale, as their wallet says; what took nothing
 * off any line, a voucher or a donation, only with the whole sale. Each is a sum since the sale less what was given back
 * before, so that neither the order nor the number of refunds changes it.
 */

/** `nothing`: it cost nothing. `units`: fine print 24. `discount`: 25. `whole`: only when everything has been returned. */
export type GiveBackBasis = 'nothing' | 'units' | 'discount' | 'whole';

export type GiveBackExplanation = {
  readonly basis: GiveBackBasis;
  readonly cost: Points;
  /** Given back by earlier refunds, and with this one. */
  readonly before: Points;
  readonly after: Points;
  /** What the parts add up to when all has come back: the reward's free units with `units`, else its discount in minor units. */
  readonly of: number;
  /** The lines of which something counts; empty where the proportion does not matter. */
  readonly parts: readonly GiveBackPart[];
};

export type GiveBackPart = {
  readonly line: number;
  /** The reward's free units, or its discount, on the line. */
  readonly of: number;
  /** Decimal strings: so much of `sold` has come back; units free by this reward with `units`, else charged ones. */
  readonly returned: string;
  readonly sold: string;
};

export type GivenBack = {
  /** In the sale's redemptions. */
  readonly index: number;
  readonly reward: RewardId;
  /** Null: a standing benefit, which cost nothing. */
  readonly wallet: WalletId | null;
  /** By this refund. */
  readonly amount: Points;
  readonly explain: GiveBackExplanation;
};

export type LinesReturned = {
  readonly lines: Returned['lines'];
  /** Nothing of the sale is left. */
  readonly whole: boolean;
};

/** One for each redemption of the sale, in its order. */
export function giveBack(
  programme: Programme,
  record: SaleRecord,
  before: Returned,
  after: LinesReturned,
): readonly GivenBack[] {
  const lines = soldLines(record);
  const quantities = returnedQuantities(after.lines);
  const units = unitsByReward(record, lines, quantities);
  return record.redeemed.map((redemption, index) => {
    const { reward, wallet, cost, discount } = redemption;
    const basis = basisOf(programme, redemption);
    const parts = basis === 'units' ? (units[index] ?? []) : discountParts(redemption, lines, quantities);
    const of = basis === 'units' ? freeUnitsOf(redemption) : discount;
    const given = before.redeemed[index] ?? NO_POINTS;
    const sum = points(Math.max(given, sumGivenBack(basis, cost, of, parts, after.whole)));
    const shown = basis === 'units' || basis === 'discount' ? parts.map(partOf) : [];
    const explain = { basis, cost, before: given, after: sum, of, parts: shown };
    return { index, reward, wallet, amount: points(sum - given), explain };
  });
}

function basisOf({ wallets }: Programme, redemption: RecordedRedemption): GiveBackBasis {
  const { wallet: id, discount } = redemption;
  if (id === null) return 'nothing';
  if (freeUnitsOf(redemption) > 0) return 'units';
  if (discount === 0) return 'whole';
  const { spentOnRefund } = present(
    wallets.find((wallet) => wallet.id === id),
    `no wallet ${id}`,
  );
  switch (spentOnRefund) {
    case 'prorate':
      return 'discount';
    case 'full-only':
      return 'whole';
    default:
      return spentOnRefund satisfies never;
  }
}

function sumGivenBack(basis: GiveBackBasis, cost: Points, of: number, parts: readonly Part[], whole: boolean): number {
  switch (basis) {
    case 'nothing':
      return 0;
    case 'whole':
      return whole ? cost : 0;
    case 'units':
    case 'discount':
      return whole ? cost : proportionOf(cost, of, parts);
    default:
      return basis satisfies never;
  }
}

/** On a line that several rewards made units of free, those of the one that was applied first come back first. */
function unitsByReward(
  { redeemed }: SaleRecord,
  lines: readonly SoldLine[],
  quantities: readonly Rational[],
): readonly (readonly Part[])[] {
  const left = lines.map((line, index) => freeAmong(line, present(quantities[index], 'a returned line')));
  return redeemed.map((redemption) => unitParts(redemption, left));
}

function freeUnitsOf({ lines }: RecordedRedemption): number {
  return lines.reduce((sum, { freeUnits }) => sum + freeUnits, 0);
}

function partOf({ line, of, returned, sold }: Part): GiveBackPart {
  return { line, of, returned: quantityText(returned), sold: quantityText(sold) };
}
