import type { WalletId } from '../../base/ids.ts';
import { add, compare, fraction, multiply, ONE, type Rational, subtract, ZERO } from '../../base/rational.ts';
import type { Programme } from '../programme/programme.ts';
import type { Circumstances } from './circumstances.ts';
import type { EarningLine } from './earning-line.ts';
import { linesOf } from './lines-of.ts';
import { earnTerms } from './terms.ts';

/** The multiplier of each line in one wallet; equal ones are the same object, so that lines can be summed by it. */
export type LineMultipliers = ReadonlyMap<EarningLine, Rational>;

type Combine = Programme['combine'];

/** What the wallet's multipliers that hold make of each line; a line that none matches is not in the map and counts 1. */
export function multipliersOf(
  programme: Programme,
  wallet: WalletId,
  lines: readonly EarningLine[],
  circumstances: Circumstances,
): LineMultipliers {
  const combined = new Map<EarningLine, Rational>();
  for (const rule of earnTerms(programme).multipliers.get(wallet) ?? []) {
    for (const line of linesOf(rule, circumstances, lines)) {
      const before = combined.get(line);
      combined.set(line, before === undefined ? rule.multiply : together(programme.combine, before, rule.multiply));
    }
  }
  return interned(combined);
}

/** `add` is 1 + the sum of what each adds; it may pass below 0 on the way and is lifted to 0 at the end (fine print 8). */
function together(combine: Combine, left: Rational, right: Rational): Rational {
  switch (combine) {
    case 'highest':
      return compare(left, right) >= 0 ? left : right;
    case 'add':
      return subtract(add(left, right), ONE);
    case 'multiply':
      return multiply(left, right);
    default:
      return combine satisfies never;
  }
}

function interned(multipliers: ReadonlyMap<EarningLine, Rational>): LineMultipliers {
  const known = new Map<string, Rational>();
  const shared = new Map<EarningLine, Rational>();
  for (const [line, multiplier] of multipliers) {
    const lifted = multiplier.numerator < 0n ? ZERO : multiplier;
    const key = fraction(lifted);
    const first = known.get(key) ?? lifted;
    known.set(key, first);
    shared.set(line, first);
  }
  return shared;
}
