import type { CommandId } from '../../../base/ids.ts';
import type { CommandJournal } from '../engine/command-journal.ts';
import type { CallEngine } from '../engine/engine-client.ts';
import type { Clock } from '../engine/transport.ts';
import type { TillStore } from '../state/till-state.ts';

/** What the use cases of the screen stand on. */
export type AppContext = {
  callEngine: CallEngine;
  store: TillStore;
  journal: CommandJournal;
  clock: Clock;
  newCommandId(): CommandId;
  /** A message that passes by. `key` is one of en.json's under `toast.`. */
  toast: ToastSink;
};

export type ToastSink = (tone: 'good' | 'warn' | 'bad', message: ToastMessage) => void;

/** A refusal speaks for itself; the others are texts of en.json with their values. */
export type ToastMessage =
  | { kind: 'refusal'; code: string; message: string }
  | { kind: 'item-added'; name: string }
  | { kind: 'voided'; receipt: string; money: number }
  | { kind: 'member-enrolled'; name: string }
  | { kind: 'copy-sent' }
  | { kind: 'copy-queued' }
  | { kind: 'scan-ignored' };
