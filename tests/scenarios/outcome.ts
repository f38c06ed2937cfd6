import type { Expectation } from './scenario-format.ts';

/** What a step did, in the words of an expectation; `refused` where it was. */
export type Actual = Expectation;

export type StepResult = {
  readonly index: number;
  readonly do: string;
  readonly ok: boolean;
  readonly actual: Actual;
  readonly differences: readonly string[];
};

/** Compares only what is named: in a map only the wallets that are named, where a wallet without an amount counts 0. */
export function differences(expected: Expectation, actual: Actual): string[] {
  const wanted: Expectation =
    expected.refused === undefined && actual.refused !== undefined ? { ...expected, refused: 'none' } : expected;
  return Object.entries(wanted).flatMap(([field, value]) => {
    const found: unknown = Object.entries(actual).find(([name]) => name === field)?.[1];
    return isMap(value) ? mapDifferences(field, value, found) : valueDifference(field, value, found);
  });
}

function mapDifferences(field: string, expected: Record<string, unknown>, found: unknown): string[] {
  if (found === undefined && Object.keys(expected).length > 0) return [`${field}: not reported`];
  const amounts = isMap(found) ? found : {};
  return Object.entries(expected)
    .filter(([wallet, amount]) => (Object.hasOwn(amounts, wallet) ? amounts[wallet] : 0) !== amount)
    .map(
      ([wallet, amount]) =>
        `${field}.${wallet}: expected ${JSON.stringify(amount)}, got ${JSON.stringify(amounts[wallet] ?? 0)}`,
    );
}

function valueDifference(field: string, expected: unknown, found: unknown): string[] {
  if (found === undefined && field === 'refused') return [`refused: expected ${String(expected)}, but it was done`];
  if (found === undefined) return [`${field}: not reported`];
  const same = Array.isArray(expected) && Array.isArray(found) ? sameSet(expected, found) : expected === found;
  return same ? [] : [`${field}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(found)}`];
}

function sameSet(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item) => right.includes(item));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
