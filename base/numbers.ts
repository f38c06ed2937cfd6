import { assert } from './assert.ts';
import type { Brand } from './ids.ts';

/** Whole units of a wallet: points, stamps, or minor units of a money wallet. */
export type Points = Brand<number, 'Points'>;
/** Money in minor units of the programme's currency. */
export type Minor = Brand<number, 'Minor'>;

/** No amount of ours reaches it: a sale costs at most 10^12 minor units, and SQLite and JSON stay exact below 2^53. */
export const AMOUNT_ABS_MAX = 9_007_199_254_740_991;
/** A line and a sale cost at most this much (programme.md, "Reward"). */
export const SALE_MINOR_MAX = 1_000_000_000_000;

export function points(value: number | bigint): Points {
  return exactInteger(value) as Points; // the single place where a number becomes points
}

export function minor(value: number | bigint): Minor {
  return exactInteger(value) as Minor; // the single place where a number becomes money
}

export const NO_POINTS: Points = points(0);
export const NO_MONEY: Minor = minor(0);

function exactInteger(value: number | bigint): number {
  const number = Number(value);
  assert(Number.isSafeInteger(number), `not an exact integer: ${value}`);
  assert(typeof value === 'number' || BigInt(number) === value, `not an exact integer: ${value}`);
  return number === 0 ? 0 : number; // never minus zero, which JSON and Object.is tell apart
}
