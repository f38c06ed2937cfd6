import type { EpochMs } from '../../base/business-date.ts';
import type { Actor } from '../../ledger/entry.ts';
import type { Log } from '../../base/node/log.ts';
import type { TillStore } from '../store/till-store.ts';
import type { Stream } from '../store/streams.ts';
import type { TillClock } from './clock.ts';
import type { EngineEvents } from './engine-events.ts';
import type { TillKeys } from './keys.ts';
import type { PrintQueue } from './print-queue.ts';
import type { ProgrammeBook } from './programme-book.ts';

/** What the use cases of the till stand on. Nothing in it belongs to one of them. */
export type TillContext = {
  readonly store: TillStore;
  readonly clock: TillClock;
  /** The latest that it is for sure, ms; undefined without a contact with head office, and where the clock cannot be wrong. */
  knownTime?(): EpochMs | undefined;
  readonly keys: TillKeys;
  readonly programmes: ProgrammeBook;
  readonly events: EngineEvents;
  readonly prints: PrintQueue;
  readonly log: Log;
  /** The enrolment that writes; undefined before the first. */
  stream(): Stream | undefined;
  /** Called after each new entry, so that it is on its way soon. */
  entryWritten(): void;
  /** Digits that a phone number without country code is read in. */
  readonly countryCode: string;
};

/** Who asks: the operator at the screen, or whom the POS names. */
export type Caller = { readonly actor: Actor; readonly approver: Actor | null };
