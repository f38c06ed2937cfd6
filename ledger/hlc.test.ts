import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssertionFailed } from '../base/assert.ts';
import { epochMs, EPOCH_MS_MAX, type EpochMs } from '../base/business-date.ts';
import { hlcParts, nextHlc, type Hlc } from './hlc.ts';

describe('the hybrid clock', () => {
  it('rises as text with every stamp, whatever the wall clock does, and is never behind it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: EPOCH_MS_MAX })), { minLength: 1 }),
        (walls) => {
          let last: Hlc | undefined;
          for (const wall of walls) {
            const stamp = nextHlc(last, epochMs(wall));
            expect(stamp).toMatch(/^[0-9a-f]{16}$/);
            expect(last === undefined || stamp > last).toBe(true);
            expect(hlcParts(stamp).milliseconds).toBeGreaterThanOrEqual(wall);
            last = stamp;
          }
        },
      ),
    );
  });

  it('follows the wall clock where that goes forward, and counts where it stands or goes back', () => {
    const first = nextHlc(undefined, epochMs(1_000));
    const second = nextHlc(first, epochMs(1_000));
    const third = nextHlc(second, epochMs(5));
    const fourth = nextHlc(third, epochMs(1_001));
    expect([first, second, third, fourth].map(hlcParts)).toEqual([
      { milliseconds: 1_000, counter: 0 },
      { milliseconds: 1_000, counter: 1 },
      { milliseconds: 1_000, counter: 2 },
      { milliseconds: 1_001, counter: 0 },
    ]);
  });

  it('goes on in the next millisecond when a counter is full', () => {
    expect(nextHlc('000000000005ffff' as Hlc, epochMs(5))).toBe('0000000000060000'); // a stamp in its form
    expect(nextHlc('000000000005ffff' as Hlc, epochMs(6))).toBe('0000000000060000'); // likewise
  });

  it.each([-1, 2 ** 48, 0.5, Number.NaN])('takes no %s for a wall clock', (wall) => {
    expect(() => nextHlc(undefined, wall as EpochMs)).toThrow(AssertionFailed); // wrong on purpose
  });
});
