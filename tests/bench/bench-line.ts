/** What a benchmark prints: a value against a baseline that was measured in the same run, and whether its aim holds. */
export type BenchLine = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number;
  readonly ratio: number;
  /** In words. */
  readonly aim: string;
  readonly holds: boolean;
};

/** Three significant digits: more is noise. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** `share` 0.5 is the median. The list is not empty. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Microseconds that the work took. */
export function microseconds(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1_000;
}
