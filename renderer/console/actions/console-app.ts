/** Puts the console together: its actions over one API and one store, and what goes on by itself. */
import { followLiveEvents } from '../api/live-events.ts';
import { updateSlice } from '../state/console-state.ts';
import { coalesced } from './coalesced.ts';
import type { AppContext } from './context.ts';
import { enrolmentActions, type EnrolmentActions } from './enrolment-actions.ts';
import { entriesActions, loadNewestEntries, takeEntry, type EntriesActions } from './entries-actions.ts';
import { loadMember, memberActions, type MemberActions } from './member-actions.ts';
import { loadWalletNames, membersActions, type MembersActions } from './members-actions.ts';
import { loadOverview } from './overview-actions.ts';
import { hasSession, openSession, startAnewWithToken } from './session.ts';

export type ConsoleActions = EntriesActions &
  MembersActions &
  MemberActions &
  EnrolmentActions & { readonly reloadOverview: () => Promise<void> };

const OVERVIEW_EVERY_MS = 2_000;
const MEMBER_EVERY_MS = 1_000;
/** A wallet that no programme names any more stays unknown. */
const WALLETS_EVERY_MS = 60_000;
/** Without news too: what waits at a till is said at each contact, which is not always news. */
const OVERVIEW_POLL_MS = 15_000;

export function createConsoleActions(app: AppContext): ConsoleActions {
  return {
    ...entriesActions(app),
    ...membersActions(app),
    ...memberActions(app),
    ...enrolmentActions(app),
    reloadOverview: () => loadOverview(app),
  };
}

export async function startConsole(app: AppContext): Promise<void> {
  startAnewWithToken();
  closeOnNavigation(app);
  if (!(await openSession(app))) return;
  const refreshOverview = coalesced(() => loadOverview(app), OVERVIEW_EVERY_MS);
  const refreshMember = coalesced(() => reloadMember(app), MEMBER_EVERY_MS);
  const refreshWallets = coalesced(() => loadWalletNames(app), WALLETS_EVERY_MS);
  await Promise.all([loadWalletNames(app), loadNewestEntries(app)]);
  followLiveEvents({
    onEntry: (entry) => {
      takeEntry(app, entry);
      refreshOverview();
      if (entry.member !== null && entry.member === app.store.getState().member?.id) refreshMember();
      if (entry.postings.some(({ wallet }) => app.store.getState().wallets[wallet] === undefined)) refreshWallets();
    },
    onTills: refreshOverview,
    onOpen: () => {
      updateSlice(app.store, 'live', () => 'live');
      refreshOverview();
      refreshMember();
      void loadNewestEntries(app);
    },
    onLost: () => updateSlice(app.store, 'live', () => 'lost'),
    mayRetry: () => hasSession(app),
  });
  setInterval(() => {
    if (app.store.getState().session.phase === 'open') refreshOverview();
  }, OVERVIEW_POLL_MS);
}

/** What lies over a page belongs to it. */
function closeOnNavigation({ store }: AppContext): void {
  window.addEventListener('hashchange', () => {
    updateSlice(store, 'openEntry', () => null);
    updateSlice(store, 'enrolment', () => null);
  });
}

async function reloadMember(app: AppContext): Promise<void> {
  const shown = app.store.getState().member;
  if (shown !== null) await loadMember(app, shown.id);
}
