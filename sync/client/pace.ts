/**
 * How much is asked or sent at once. A line that is too slow for a full batch, or a head office that fails on one, gets half of it next
 * time, down to one: so no backlog is ever too large for the line. Kept from round to round, since the retry comes after the back-off.
 */
export type Pace = {
  most(): number;
  worked(): void;
  /** `tried`: how many were in what failed. */
  failed(tried: number): void;
};

export function createPace(limit: number): Pace {
  let most = limit;
  return {
    most: () => most,
    worked: () => {
      most = Math.min(limit, most * 2);
    },
    failed: (tried) => {
      if (tried > 1) most = Math.floor(tried / 2);
    },
  };
}
