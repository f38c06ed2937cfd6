import type { Rational } from './rational.ts';

/** The three ways a wallet rounds (programme.md, "Wallet"); nothing of ours rounds anywhere else. */
export type Rounding = 'down' | 'half-up' | 'up';

export function round(value: Rational, rounding: Rounding): bigint {
  switch (rounding) {
    case 'down':
      return floor(value);
    case 'up':
      return -floor({ numerator: -value.numerator, denominator: value.denominator });
    case 'half-up':
      return floor({ numerator: value.numerator * 2n + value.denominator, denominator: value.denominator * 2n });
    default:
      return rounding satisfies never;
  }
}

/** Towards minus infinity. */
export function floor({ numerator, denominator }: Rational): bigint {
  const quotient = numerator / denominator; // BigInt division cuts towards zero
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
}

export function halfUp(value: Rational): bigint {
  return round(value, 'half-up');
}
