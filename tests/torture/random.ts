/** Chance that can be repeated: the same seed gives the same numbers. xorshift128+ would do as well; nothing here is a secret. */
export type Random = {
  /** From 0 up to, and without, 1. */
  next(): number;
  /** Whole, from 0 up to, and without, `below`. */
  below(below: number): number;
};

/** mulberry32, of 32 bits of state. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, below: (below) => Math.floor(next() * below) };
}
