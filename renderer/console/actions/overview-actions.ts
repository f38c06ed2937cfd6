import { updateSlice, withRefusal } from '../state/console-state.ts';
import { ask, type AppContext } from './context.ts';

export async function loadOverview(app: AppContext): Promise<void> {
  const answer = await ask(app, app.api.overview());
  if (!answer.ok) {
    updateSlice(app.store, 'overview', (before) => withRefusal(before, answer.error));
    return;
  }
  const { value } = answer;
  const { epoch } = app.store.getState().overview.value ?? value;
  // Head office was restored from a backup: nothing on this screen need be true any more.
  if (epoch !== value.epoch) window.location.reload();
  updateSlice(app.store, 'clockAheadMs', () => value.serverTime - Date.now());
  updateSlice(app.store, 'overview', () => ({ value, refusal: null }));
}
