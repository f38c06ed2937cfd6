import { describe, expect, it } from 'vitest';
import { createPace, GROW_AFTER } from './pace.ts';

describe('pace', () => {
  it('halves what failed, never under one, and doubles again after a good while', () => {
    const pace = createPace(500);
    const sizes = [7, 3, 1, 1].map((tried) => {
      pace.failed(tried);
      return pace.most();
    });
    expect(sizes).toEqual([3, 1, 1, 1]);
    for (let times = 0; times < GROW_AFTER - 1; times += 1) pace.worked();
    expect(pace.most()).toBe(1);
    for (let times = 0; times < 20 * GROW_AFTER; times += 1) pace.worked();
    expect(pace.most()).toBe(500);
  });

  it('learns nothing from a request that carried nothing', () => {
    const pace = createPace(500);
    pace.failed(0);
    expect(pace.most()).toBe(500);
  });
});
