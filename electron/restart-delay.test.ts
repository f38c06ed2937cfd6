import { expect, it } from 'vitest';
import { restartDelayMs } from './restart-delay.ts';

it('starts a dead engine quickly at first, then ever more slowly, and never waits above half a minute', () => {
  const deaths = [1, 2, 3, 4, 5, 8, 9, 10, 100, 10_000];
  expect(deaths.map(restartDelayMs)).toEqual([100, 200, 400, 800, 1_600, 12_800, 25_600, 30_000, 30_000, 30_000]);
});
