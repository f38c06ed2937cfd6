import type { WalletId } from '../../base/ids.ts';
import { fraction, rational } from '../../base/rational.ts';
import type { Programme } from '../programme/programme.ts';
import type { Circumstances } from './circumstances.ts';
import type { EarningLine } from './earning-line.ts';
import { linesOf } from './lines-of.ts';
import { earnTerms } from './terms.ts';

/**
 * The multiplier of each line in one wallet. A document's multipliers have four decimals at most, so here they are whole numbers
 * of 1/10,000, and what they combine to whole numbers over one scale: exact, and without a fraction to reduce for each line.
 */
export type LineMultipliers = {
  /** A multiplier of 1 is this much. */
  readonly scale: bigint;
  /** A line whose multiplier is 1 is not in the map. Equal ones are the same object. */
  readonly lines: ReadonlyMap<EarningLine, LineMultiplier>;
};

export type LineMultiplier = {
  readonly scaled: bigint;
  /** As a fraction: "3/2". */
  readonly text: string;
};

type Combine = Programme['combine'];
/** `value` over MULTIPLIER_SCALE to the power of `factors`. */
type Combined = { readonly value: bigint; readonly factors: number };

const MULTIPLIER_SCALE = 10_000n;

/** What the wallet's multipliers that hold make of each line. */
export function multipliersOf(
  programme: Programme,
  wallet: WalletId,
  lines: readonly EarningLine[],
  circumstances: Circumstances,
): LineMultipliers {
  const combined = new Map<EarningLine, Combined>();
  for (const rule of earnTerms(programme).multipliers.get(wallet) ?? []) {
    const value = (rule.multiply.numerator * MULTIPLIER_SCALE) / rule.multiply.denominator;
    for (const line of linesOf(rule, circumstances, lines)) {
      const before = combined.get(line);
      combined.set(line, before === undefined ? { value, factors: 1 } : together(programme.combine, before, value));
    }
  }
  return onOneScale(combined);
}

/** `add` is 1 + the sum of what each adds; it may pass below 0 on the way and is lifted to 0 at the end (fine print 8). */
function together(combine: Combine, before: Combined, value: bigint): Combined {
  switch (combine) {
    case 'highest':
      return before.value >= value ? before : { value, factors: 1 };
    case 'add':
      return { value: before.value + value - MULTIPLIER_SCALE, factors: 1 };
    case 'multiply':
      return { value: before.value * value, factors: before.factors + 1 };
    default:
      return combine satisfies never;
  }
}

function onOneScale(combined: ReadonlyMap<EarningLine, Combined>): LineMultipliers {
  let most = 0;
  for (const { factors } of combined.values()) most = Math.max(most, factors);
  const scale = MULTIPLIER_SCALE ** BigInt(most);
  const known = new Map<bigint, LineMultiplier>();
  const lines = new Map<EarningLine, LineMultiplier>();
  for (const [line, { value, factors }] of combined) {
    const scaled = value < 0n ? 0n : value * MULTIPLIER_SCALE ** BigInt(most - factors);
    if (scaled === scale) continue;
    const multiplier = known.get(scaled) ?? { scaled, text: fraction(rational(scaled, scale)) };
    known.set(scaled, multiplier);
    lines.set(line, multiplier);
  }
  return { scale, lines };
}
