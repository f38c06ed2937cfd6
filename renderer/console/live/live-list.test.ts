import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConsoleEntry } from '../../../sync/protocol/console.ts';
import {
  EMPTY_LIVE_LIST,
  follow,
  hold,
  receiveEntry,
  receiveFirstPage,
  receiveOlderPage,
  SHOWN_ENTRIES_MAX,
  WAITING_ENTRIES_MAX,
  type LiveList,
} from './live-list.ts';

function entry(position: number, flags: string[] = []): ConsoleEntry {
  return {
    position,
    id: `entry-${position}`,
    kind: 'sale',
    store: 's',
    storeName: 'S',
    till: 't',
    tillName: 'T',
    inc: 'i',
    seq: position,
    businessDate: '2026-06-15',
    writtenAt: position,
    receivedAt: position,
    receipt: null,
    member: null,
    memberName: null,
    postings: [],
    money: null,
    flags,
    hash: 'h',
  };
}

/** Newest first. */
function page(newest: number, oldest: number) {
  const entries = Array.from({ length: newest - oldest + 1 }, (_, index) => entry(newest - index));
  return { entries, next: oldest > 1 ? String(oldest) : null };
}

function positions(list: LiveList) {
  return {
    shown: list.shown.map(({ position }) => position),
    waiting: list.waiting.map(({ position }) => position),
    missing: list.missing,
  };
}

const loaded = receiveFirstPage(EMPTY_LIVE_LIST, page(10, 8));

describe('a reader at the top', () => {
  it('sees news at once', () => {
    expect(positions(receiveEntry(loaded, entry(11)))).toEqual({ shown: [11, 10, 9, 8], waiting: [], missing: false });
  });

  it('is shown no list with a hole', () => {
    expect(positions(receiveEntry(loaded, entry(13)))).toEqual({ shown: [10, 9, 8], waiting: [], missing: true });
    const again = receiveFirstPage(receiveEntry(loaded, entry(13)), page(13, 12));
    expect(positions(again)).toEqual({ shown: [13, 12], waiting: [], missing: false });
    expect(again.next).toBe('12');
  });

  it('gets a list that begins anew once it is too long', () => {
    const long = receiveFirstPage(EMPTY_LIVE_LIST, page(SHOWN_ENTRIES_MAX, 1));
    expect(long.missing).toBe(false);
    const grown = receiveEntry(long, entry(SHOWN_ENTRIES_MAX + 1));
    expect(grown.missing).toBe(true);
    expect(positions(receiveFirstPage(grown, page(SHOWN_ENTRIES_MAX + 1, 290))).shown).toHaveLength(12);
  });
});

describe('a reader further down', () => {
  const held = hold(loaded);

  it('sees nothing move, and how much waits', () => {
    const news = [11, 12, 13].reduce((list, position) => receiveEntry(list, entry(position)), held);
    expect(positions(news)).toEqual({ shown: [10, 9, 8], waiting: [13, 12, 11], missing: false });
    expect(positions(follow(news))).toEqual({ shown: [13, 12, 11, 10, 9, 8], waiting: [], missing: false });
  });

  it('gets the newest page in place of news that was missed', () => {
    const news = receiveFirstPage(receiveEntry(held, entry(40)), page(42, 41));
    expect(positions(news)).toEqual({ shown: [10, 9, 8], waiting: [42, 41], missing: true });
    const back = follow(news);
    expect(positions(back)).toEqual({ shown: [10, 9, 8], waiting: [], missing: true });
    expect(positions(receiveFirstPage(back, page(42, 40)))).toEqual({
      shown: [42, 41, 40],
      waiting: [],
      missing: false,
    });
  });

  it('keeps no more news than anyone counts', () => {
    const flood = Array.from({ length: WAITING_ENTRIES_MAX + 5 }, (_, index) => entry(11 + index));
    const news = flood.reduce(receiveEntry, held);
    expect(news.waiting).toHaveLength(WAITING_ENTRIES_MAX);
    expect(news.missing).toBe(true);
  });

  it('reads older pages onto the end', () => {
    const older = receiveOlderPage(held, page(8, 5));
    expect(positions(older).shown).toEqual([10, 9, 8, 7, 6, 5]);
    expect(older.next).toBe('5');
  });
});

it('shows an entry again as head office has it now', () => {
  const flagged = receiveEntry(loaded, entry(9, ['clock-ahead']));
  expect(flagged.shown.map(({ flags }) => flags)).toEqual([[], ['clock-ahead'], []]);
});

it('leaves to older pages what is older than the list', () => {
  expect(receiveEntry(loaded, entry(3))).toBe(loaded);
});

it('has no hole and no repeat, whatever comes in whatever order', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('entry' as const), position: fc.integer({ min: 1, max: 60 }) }),
    fc.record({ kind: fc.constantFrom('follow' as const, 'hold' as const) }),
    fc.record({ kind: fc.constant('page' as const), position: fc.integer({ min: 10, max: 60 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let list = loaded;
      for (const one of steps) {
        if (one.kind === 'entry') list = receiveEntry(list, entry(one.position));
        else if (one.kind === 'page') list = receiveFirstPage(list, page(one.position, one.position - 9));
        else list = one.kind === 'follow' ? follow(list) : hold(list);
        const { shown } = positions(list);
        expect(shown).toEqual(shown.map((_, index) => (shown[0] ?? 0) - index));
      }
    }),
  );
});
