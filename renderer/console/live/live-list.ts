/**
 * The newest entries, live. While someone reads further down, news waits above the list instead of pushing it; positions have no gaps, so
 * a jump says that news was missed, and then the list is read anew rather than shown with a hole in it.
 */
import type { ConsoleEntry, EntriesPage } from '../../../sync/protocol/console.ts';

export const SHOWN_ENTRIES_MAX = 300;
export const WAITING_ENTRIES_MAX = 200;

export type LiveList = {
  /** Newest first; their positions go down by one. */
  readonly shown: readonly ConsoleEntry[];
  /** Newer than those shown, newest first. */
  readonly waiting: readonly ConsoleEntry[];
  /** Cursor of what is older; null: nothing is. */
  readonly next: string | null;
  /** News goes into the list at once. */
  readonly following: boolean;
  /** Something between the list and head office is missing: read the first page again, when that moves nothing under the reader. */
  readonly missing: boolean;
};

export const EMPTY_LIVE_LIST: LiveList = { shown: [], waiting: [], next: null, following: true, missing: false };

export function receiveEntry(list: LiveList, entry: ConsoleEntry): LiveList {
  if (isKnown(list, entry)) return replaced(list, entry);
  const newest = newestPosition(list);
  if (newest === undefined) return { ...list, shown: [entry] };
  // What is older than the list's end comes with its page.
  if (entry.position < newest) return list;
  const missing = list.missing || entry.position > newest + 1;
  if (!list.following) return withWaiting(list, [entry, ...list.waiting], missing);
  if (missing) return { ...list, missing };
  const shown = [entry, ...list.shown];
  return { ...list, shown, missing: shown.length > SHOWN_ENTRIES_MAX };
}

/** The first page, read at the start or again. Where it joins the list, news in it is received; where not, a reader at the top gets it whole. */
export function receiveFirstPage(list: LiveList, page: EntriesPage): LiveList {
  const oldest = page.entries.at(-1);
  const newest = newestPosition(list);
  const joins = newest !== undefined && oldest !== undefined && oldest.position <= newest + 1 && !list.missing;
  if (joins) return page.entries.toReversed().reduce(receiveEntry, list);
  if (newest === undefined || list.following) {
    return { ...list, shown: page.entries, waiting: [], next: page.next, missing: false };
  }
  const shown = list.shown[0]?.position ?? 0;
  const newer = page.entries.filter(({ position }) => position > shown);
  return withWaiting(list, newer, true);
}

export function receiveOlderPage(list: LiveList, page: EntriesPage): LiveList {
  const last = list.shown.at(-1)?.position ?? Number.MAX_SAFE_INTEGER;
  return {
    ...list,
    shown: [...list.shown, ...page.entries.filter(({ position }) => position < last)],
    next: page.next,
  };
}

/** The reader is at the top again, or asks for the news: it is shown, and from now on at once. */
export function follow(list: LiveList): LiveList {
  const shown = list.missing ? list.shown : [...list.waiting, ...list.shown];
  return { ...list, shown, waiting: [], following: true };
}

/** The reader went down: from now on news waits. */
export function hold(list: LiveList): LiveList {
  return { ...list, following: false };
}

function withWaiting(list: LiveList, waiting: readonly ConsoleEntry[], missing: boolean): LiveList {
  const kept = waiting.slice(0, WAITING_ENTRIES_MAX);
  return { ...list, waiting: kept, missing: missing || kept.length < waiting.length };
}

function newestPosition(list: LiveList): number | undefined {
  return (list.waiting[0] ?? list.shown[0])?.position;
}

function isKnown({ shown, waiting }: LiveList, { position }: ConsoleEntry): boolean {
  return shown.some((known) => known.position === position) || waiting.some((known) => known.position === position);
}

/** The fold may have flagged it since. */
function replaced(list: LiveList, entry: ConsoleEntry): LiveList {
  const replace = (known: ConsoleEntry): ConsoleEntry => (known.position === entry.position ? entry : known);
  return { ...list, shown: list.shown.map(replace), waiting: list.waiting.map(replace) };
}
