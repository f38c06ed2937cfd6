import type { EntriesPage } from '../../../sync/protocol/console.ts';
import { NOT_LOADED, updateSlice, withRefusal, type MemberState } from '../state/console-state.ts';
import { ask, type AppContext } from './context.ts';
import { learnWallets } from './members-actions.ts';

export type MemberActions = {
  readonly showMember: (id: string) => Promise<void>;
  readonly loadOlderMemberEntries: () => Promise<void>;
};

export function memberActions(app: AppContext): MemberActions {
  return {
    showMember: async (id) => {
      const known = app.store.getState().members.rows.find((row) => row.id === id);
      updateSlice(app.store, 'member', (before) => (before?.id === id ? before : newMember(id)));
      if (known !== undefined) learnWallets(app, [known]);
      await loadMember(app, id);
    },
    loadOlderMemberEntries: () => loadOlder(app),
  };
}

/** Profile, balances and the newest entries together, since the ledger counts back from the balances. */
export async function loadMember(app: AppContext, id: string): Promise<void> {
  const [detail, entries] = await Promise.all([ask(app, app.api.member(id)), ask(app, app.api.memberEntries(id))]);
  if (detail.ok) learnWallets(app, [detail.value]);
  update(app, id, (before) => ({
    ...before,
    detail: detail.ok ? { value: detail.value, refusal: null } : withRefusal(before.detail, detail.error),
    ...(entries.ok ? withNewest(before, entries.value) : { entriesRefusal: entries.error }),
  }));
}

async function loadOlder(app: AppContext): Promise<void> {
  const shown = app.store.getState().member;
  if (shown === null || shown.next === null || shown.loadingOlder) return;
  const { id, next } = shown;
  update(app, id, (before) => ({ ...before, loadingOlder: true }));
  const answer = await ask(app, app.api.memberEntries(id, next));
  update(app, id, (before) => {
    const after = { ...before, loadingOlder: false };
    if (!answer.ok) return { ...after, entriesRefusal: answer.error };
    if (before.next !== next) return after;
    return {
      ...after,
      entries: [...(before.entries ?? []), ...answer.value.entries],
      next: answer.value.next,
      entriesRefusal: null,
    };
  });
}

/** The first page again: it goes on top of what was read before, where the two meet. */
function withNewest(before: MemberState, page: EntriesPage): Pick<MemberState, 'entries' | 'next' | 'entriesRefusal'> {
  const oldest = page.entries.at(-1);
  const meet = before.entries?.findIndex(({ position }) => position === oldest?.position) ?? -1;
  if (meet < 0 || before.entries === null) return { entries: page.entries, next: page.next, entriesRefusal: null };
  return { entries: [...page.entries, ...before.entries.slice(meet + 1)], next: before.next, entriesRefusal: null };
}

function update(app: AppContext, id: string, change: (before: MemberState) => MemberState): void {
  updateSlice(app.store, 'member', (before) => (before?.id === id ? change(before) : before));
}

function newMember(id: string): MemberState {
  return { id, detail: NOT_LOADED, entries: null, next: null, loadingOlder: false, entriesRefusal: null };
}
