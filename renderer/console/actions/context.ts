import type { ConsoleApi } from '../api/console-api.ts';
import type { Answer } from '../api/request.ts';
import { updateSlice, type ConsoleStore } from '../state/console-state.ts';

export type AppContext = { readonly api: ConsoleApi; readonly store: ConsoleStore };

/** Every call goes through here: one that finds no session takes the whole console to the page that says how to get in. */
export async function ask<Value>({ store }: AppContext, answer: Promise<Answer<Value>>): Promise<Answer<Value>> {
  const given = await answer;
  if (!given.ok && given.error.code === 'unauthorised') updateSlice(store, 'session', () => ({ phase: 'signed-out' }));
  return given;
}
