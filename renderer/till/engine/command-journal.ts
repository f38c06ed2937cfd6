/**
 * The commit that has no answer yet, kept where a reload of the page does not reach it: after one, it is sent again under the same id. It
 * holds a basket and a member's id, nothing personal.
 */
import type { z } from 'zod';
import { commit } from '../../../till/contract/shapes.ts';

export type PendingCommit = z.output<typeof commit>;
export type CommandJournal = {
  keep(command: PendingCommit): void;
  forget(): void;
  pending(): PendingCommit | null;
};

const KEY = 'loyaltill.pending-commit';

export function commandJournal(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): CommandJournal {
  return {
    keep: (command) => storage.setItem(KEY, JSON.stringify(command)),
    forget: () => storage.removeItem(KEY),
    pending() {
      const text = storage.getItem(KEY);
      if (text === null) return null;
      const parsed = commit.safeParse(parsedJson(text));
      if (!parsed.success) storage.removeItem(KEY);
      return parsed.success ? parsed.data : null;
    },
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
