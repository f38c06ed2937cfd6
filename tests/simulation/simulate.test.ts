import { describe, expect, it } from 'vitest';
import { simulate, type Simulation } from './simulate.ts';
import { FAULTS } from './steps.ts';

const SHORT: Simulation = {
  seed: 'short',
  schedules: 12,
  tills: 3,
  policy: 'strict',
  faults: [],
  without: undefined,
  threads: 2,
};
const LIMIT = { timeout: 300_000 };

describe('the simulation', () => {
  it('finds nothing, and gives the same hash again on another number of threads', LIMIT, async () => {
    const first = await simulate(SHORT);
    expect(first.failure).toBe(undefined);
    expect(first.summary.schedules).toBe(12);
    expect(await simulate({ ...SHORT, threads: 1 })).toEqual(first);
  });

  it.each(['E1', 'E2'])('finds what goes wrong without rule %s', LIMIT, async (without) => {
    const { failure } = await simulate({ ...SHORT, without, schedules: 40, stopAtFirst: true, shrink: false });
    expect(failure?.problems.map(({ of }) => of)).toContain('invariants');
  });

  it('knows its faults by name', () => {
    expect(new Set(FAULTS).size).toBe(FAULTS.length);
  });
});
