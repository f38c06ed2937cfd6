/**
 * How much is asked or sent at once. A line that is too slow for a full batch, or a head office that fails on one, gets half of it next
 * time, down to one: so no backlog is ever too large for the line. Kept from round to round, since the retry comes after the back-off.
 */
export type Pace = {
  most(): number;
  /** Grows again after many of these in a row: what failed once at a size mostly fails at it again. */
  worked(): void;
  /** `tried`: how many were in what failed. */
  failed(tried: number): void;
};

export const GROW_AFTER = 10;

export function createPace(limit: number): Pace {
  let most = limit;
  let successes = 0;
  return {
    most: () => most,
    worked: () => {
      successes += 1;
      if (successes % GROW_AFTER === 0) most = Math.min(limit, most * 2);
    },
    failed: (tried) => {
      successes = 0;
      if (tried > 1) most = Math.floor(tried / 2);
    },
  };
}
