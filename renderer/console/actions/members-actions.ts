import type { MemberSummary } from '../../../sync/protocol/console.ts';
import { updateSlice } from '../state/console-state.ts';
import { ask, type AppContext } from './context.ts';

export type MembersActions = {
  readonly searchMembers: (search: string) => Promise<void>;
  readonly loadMoreMembers: () => Promise<void>;
};

export function membersActions(app: AppContext): MembersActions {
  let latest = 0;
  return {
    searchMembers: async (search) => {
      latest += 1;
      const mine = latest;
      updateSlice(app.store, 'members', (before) => ({ ...before, busy: 'search' }));
      const answer = await ask(app, app.api.members({ search }));
      // Answers can overtake each other; only that to the latest question counts.
      if (mine !== latest) return;
      if (!answer.ok) {
        updateSlice(app.store, 'members', (before) => ({ ...before, busy: null, refusal: answer.error }));
        return;
      }
      const { members, next } = answer.value;
      learnWallets(app, members);
      updateSlice(app.store, 'members', () => ({ search, rows: members, next, busy: null, refusal: null }));
    },
    loadMoreMembers: async () => {
      const { search, next, busy } = app.store.getState().members;
      if (search === null || next === null || busy !== null) return;
      const mine = latest;
      updateSlice(app.store, 'members', (before) => ({ ...before, busy: 'more' }));
      const answer = await ask(app, app.api.members({ search, cursor: next }));
      if (mine !== latest) return;
      if (answer.ok) learnWallets(app, answer.value.members);
      updateSlice(app.store, 'members', (before) =>
        answer.ok
          ? {
              search,
              rows: withoutRepeats(before.rows, answer.value.members),
              next: answer.value.next,
              busy: null,
              refusal: null,
            }
          : { ...before, busy: null, refusal: answer.error },
      );
    },
  };
}

/** Entries name wallets by id only; their names stand beside every member's balances, so any member tells them. */
export async function loadWalletNames(app: AppContext): Promise<void> {
  const answer = await ask(app, app.api.members({ search: '', limit: 1 }));
  if (answer.ok) learnWallets(app, answer.value.members);
}

export function learnWallets(app: AppContext, members: readonly Pick<MemberSummary, 'balances'>[]): void {
  const known = app.store.getState().wallets;
  const told = members.flatMap(({ balances }) => balances);
  const isNews = told.some(({ wallet, name, kind }) => known[wallet]?.name !== name || known[wallet].kind !== kind);
  if (!isNews) return;
  const learned = Object.fromEntries(told.map(({ wallet, name, kind }) => [wallet, { name, kind }]));
  updateSlice(app.store, 'wallets', (before) => ({ ...before, ...learned }));
}

function withoutRepeats(rows: readonly MemberSummary[], more: readonly MemberSummary[]): readonly MemberSummary[] {
  const known = new Set(rows.map(({ id }) => id));
  return [...rows, ...more.filter(({ id }) => !known.has(id))];
}
