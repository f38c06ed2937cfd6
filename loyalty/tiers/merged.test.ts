import { describe, expect, it } from 'vitest';
import { held, levels, tiersOf } from '../testing/ladders.ts';
import { mergedLadder } from './ladder.ts';

describe('mergedLadder', () => {
  const silver = held('silver', 100, '2030-01-01', 's1');
  const gold = held('gold', 500, '2027-01-01', 's2');

  it('holds the higher level, and what the other account held is under it (fine print 38)', () => {
    expect(mergedLadder([silver], [gold])).toEqual([silver, gold]);
    expect(mergedLadder([gold], [silver])).toEqual([silver, gold]);
    expect(mergedLadder([], [gold])).toEqual([gold]);
    expect(mergedLadder([gold], [])).toEqual([gold]);
  });

  it('holds the later end of one level, and none is the latest', () => {
    const later = held('gold', 500, '2028-01-01', 's3');
    const endless = held('gold', 500, null, null);
    expect(mergedLadder([later], [gold])).toEqual([gold, later]);
    expect(mergedLadder([endless], [later])).toEqual([later, endless]);
    expect(mergedLadder([gold], [gold])).toEqual([gold]);
  });

  it('goes by the order of the version in effect, where that is known', () => {
    const swapped = tiersOf({ levels: levels({ gold: 100, silver: 500 }) });
    expect(mergedLadder([silver], [gold], swapped)).toEqual([gold, silver]);
  });
});
