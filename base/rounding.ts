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

/**
 * left × right / divisor, half up, for whole numbers from 0 on and a divisor above 0. Plain numbers while the product is exact in
 * them, big integers beyond: a quote asks for this a hundred times.
 */
export function halfUpProduct(left: number, right: number, divisor: number): number {
  const product = left * right;
  if (product <= Number.MAX_SAFE_INTEGER) {
    const remainder = product % divisor;
    return (product - remainder) / divisor + (remainder >= divisor - remainder ? 1 : 0);
  }
  return Number((2n * BigInt(left) * BigInt(right) + BigInt(divisor)) / (2n * BigInt(divisor)));
}
