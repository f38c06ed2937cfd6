import type { ConsoleEntry } from '../../../sync/protocol/console.ts';
import { follow, hold, receiveEntry, receiveFirstPage, receiveOlderPage, type LiveList } from '../live/live-list.ts';
import { updateSlice } from '../state/console-state.ts';
import { ask, type AppContext } from './context.ts';

export type EntriesActions = {
  readonly loadOlderEntries: () => Promise<void>;
  readonly reloadEntries: () => Promise<void>;
  /** News goes into the list at once (at its top), or waits above it. */
  readonly followEntries: (following: boolean) => void;
  readonly openEntry: (entry: ConsoleEntry | null) => void;
};

export function entriesActions(app: AppContext): EntriesActions {
  return {
    loadOlderEntries: () => loadOlder(app),
    reloadEntries: () => loadNewestEntries(app),
    followEntries: (following) => changeList(app, following ? follow : hold),
    openEntry: (entry) => updateSlice(app.store, 'openEntry', () => entry),
  };
}

export async function loadNewestEntries(app: AppContext): Promise<void> {
  const answer = await ask(app, app.api.entries());
  updateSlice(app.store, 'entries', (before) =>
    answer.ok
      ? { ...before, list: receiveFirstPage(before.list, answer.value), loaded: true, refusal: null }
      : { ...before, refusal: answer.error },
  );
}

export function takeEntry(app: AppContext, entry: ConsoleEntry): void {
  // Before the first page there is nothing that it could be newer than; the page will have it.
  if (!app.store.getState().entries.loaded) return;
  changeList(app, (list) => receiveEntry(list, entry));
}

function changeList(app: AppContext, change: (list: LiveList) => LiveList): void {
  updateSlice(app.store, 'entries', (before) => ({ ...before, list: change(before.list) }));
  const { list } = app.store.getState().entries;
  if (list.missing && list.following) void loadNewestEntries(app);
}

async function loadOlder(app: AppContext): Promise<void> {
  const { list, loadingOlder } = app.store.getState().entries;
  if (loadingOlder || list.next === null) return;
  updateSlice(app.store, 'entries', (before) => ({ ...before, loadingOlder: true }));
  const answer = await ask(app, app.api.entries(list.next));
  updateSlice(app.store, 'entries', (before) => {
    const after = { ...before, loadingOlder: false };
    if (!answer.ok) return { ...after, refusal: answer.error };
    // The list was read anew meanwhile, and this page does not belong to it.
    if (before.list.next !== list.next) return after;
    return { ...after, list: receiveOlderPage(before.list, answer.value), refusal: null };
  });
}
