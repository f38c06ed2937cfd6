import type { Policy } from './programmes.ts';
import type { ScheduleResult } from './run-schedule.ts';
import type { Shortest } from './shrink.ts';
import type { Fault } from './steps.ts';

/** Between the simulation and its workers. */
export type WorkerSetting = {
  readonly tills: number;
  readonly policy: Policy;
  readonly faults: readonly Fault[];
  /** A rule of ledger/allowances/rules.ts that is off. */
  readonly without: string | undefined;
  readonly threads: number;
};

export type ToWorker =
  | { readonly run: { readonly seed: string; readonly from: number; readonly count: number } }
  | { readonly shrink: string; readonly kinds: readonly string[] };

export type IndexedResult = ScheduleResult & { readonly index: number };

export type FromWorker =
  | { readonly ready: true }
  | { readonly results: readonly IndexedResult[] }
  | { readonly shortest: Shortest }
  /** A bug of the simulation. */
  | { readonly broke: string };
