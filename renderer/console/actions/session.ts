import { updateSlice } from '../state/console-state.ts';
import { ask, type AppContext } from './context.ts';
import { loadOverview } from './overview-actions.ts';

const TOKEN_FRAGMENT = /^#token=([\w-]{1,100})$/;

/**
 * Uses the one-time token where the address has one, and takes it out of the address and the history first. Without one, or with one that
 * is used up, the session of before may still be good: the overview tells.
 */
export async function openSession(app: AppContext): Promise<boolean> {
  const token = TOKEN_FRAGMENT.exec(window.location.hash)?.[1];
  if (token !== undefined) {
    window.history.replaceState(null, '', '#/');
    await app.api.openSession(token);
  }
  await loadOverview(app);
  return confirmSession(app);
}

/** Open unless a call was refused for want of a session. */
function confirmSession({ store }: AppContext): boolean {
  if (store.getState().session.phase === 'signed-out') return false;
  updateSlice(store, 'session', () => ({ phase: 'open' }));
  return true;
}

/** Asks head office; true also where it does not answer, since then nobody said no. */
export async function hasSession(app: AppContext): Promise<boolean> {
  const answer = await ask(app, app.api.overview());
  return answer.ok || answer.error.code !== 'unauthorised';
}

/** A fresh address that is typed over the old one changes the fragment only, which loads nothing by itself. */
export function startAnewWithToken(): void {
  window.addEventListener('hashchange', () => {
    if (TOKEN_FRAGMENT.test(window.location.hash)) window.location.reload();
  });
}
