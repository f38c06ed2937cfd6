/** One stream of chance for all that happens in a schedule, begun anew by its seed: xoshiro128**, 32 bits at a time. */

let [a, b, c, d] = [1, 2, 3, 4];

/** The same text gives the same stream. */
export function seedChance(text: string): void {
  let hash = 0x811c9dc5;
  const next = (): number => {
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^= hash >>> 16) >>> 0;
  };
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  [a, b, c, d] = [next(), next(), next(), next() | 1];
}

export function chance32(): number {
  const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
  const t = b << 9;
  c ^= a;
  d ^= b;
  b ^= c;
  a ^= d;
  c ^= t;
  d = rotated(d, 11);
  return result;
}

/** 0 up to 1. */
export function chance(): number {
  return chance32() / 0x1_0000_0000;
}

export function chanceBytes(length: number): Buffer {
  const bytes = Buffer.alloc(Math.ceil(length / 4) * 4);
  for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE(chance32(), at);
  return bytes.subarray(0, length);
}

function rotated(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

/** A stream of its own, for what must not move the other one: making a schedule. */
export type Chance = {
  /** From 0 up to below `below`. */
  int(below: number): number;
  /** True in so many of a hundred. */
  percent(of: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
};

export function chanceOf(seed: string): Chance {
  let state = 0;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const int = (below: number): number => Math.floor((next() / 0x1_0000_0000) * below);
  return {
    int,
    percent: (of) => int(100) < of,
    pick: (items) => {
      const item = items[int(items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
}
