/**
 * Takes a snapshot where one costs less than the rows that this till lacks. It works in steps of a round, so that what is sold meanwhile is
 * pushed between two pieces; while it is on its way no rows of members are asked for. Whatever goes wrong with it, the till goes on by rows.
 */
import { failed, ok, type Result } from '../../../base/result.ts';
import { SNAPSHOT_PATH } from '../../protocol/paths.ts';
import {
  snapshotOfferSchema,
  snapshotPays,
  type SignedManifest,
  type SnapshotManifest,
  type SnapshotOffer,
} from '../../protocol/snapshot.ts';
import { DAMAGED, isLineDown } from '../failures.ts';
import type { HeadOffice } from '../head-office.ts';
import type { FeedPosition, SyncFailure } from '../ports.ts';
import { fetchPiece } from './fetch-piece.ts';
import { readManifest } from './manifest.ts';
import type { SnapshotRefusal, SnapshotSink } from './ports.ts';

/** After that long, or so many pieces, the till pushes what was sold meanwhile. */
export const STEP_MS = 2_000;
export const PIECES_PER_STEP = 16;
const AT_ONCE = 2;
/** A till that was told no asks again after that long. */
export const LOOK_AGAIN_MS = 600_000;
/** Left free on the disk: below it snapshots stop first (ledger-and-sync.md, 2.8). */
export const LEFT_FREE_BYTES = 524_288_000;
/** Steps that failed in a row, while the line was up. */
const FAILED_STEPS_MAX = 3;

export type TakerParts = {
  readonly sink: SnapshotSink;
  readonly headOffice: HeadOffice;
  cursor(): FeedPosition;
  now(): number;
  /** Of the last own entry: one that is written meanwhile goes before the next piece. */
  lastSeq(): number;
};

export type SnapshotTaker = {
  /** Rows came that were not all: there may be many. */
  manyRows(): void;
  /** `file`: one is wanted, and rows of members wait until it is here. `rows`: they come one by one. */
  look(signal: AbortSignal): Promise<Result<'file' | 'rows', SyncFailure>>;
  /** Some of its pieces, where `look` said `file`; with the last the file is taken over. */
  fetch(signal: AbortSignal): Promise<Result<'file' | 'rows', SyncFailure>>;
};

type Download = { readonly manifest: SnapshotManifest; readonly missing: number[] };

export function createSnapshotTaker(parts: TakerParts): SnapshotTaker {
  return new Taker(parts);
}

class Taker implements SnapshotTaker {
  readonly #parts: TakerParts;
  #download: Download | undefined;
  /** Looked for at the start, since the till may have been away for long. */
  #due = true;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #failedSteps = 0;

  constructor(parts: TakerParts) {
    this.#parts = parts;
  }

  manyRows(): void {
    this.#due = true;
  }

  async look(signal: AbortSignal): Promise<Result<'file' | 'rows', SyncFailure>> {
    if (this.#download !== undefined) return ok('file');
    const found = await this.#look(signal);
    if (!found.ok) return found;
    this.#download = found.value;
    return ok(found.value === undefined ? 'rows' : 'file');
  }

  async fetch(signal: AbortSignal): Promise<Result<'file' | 'rows', SyncFailure>> {
    if (this.#download === undefined) return ok('rows');
    const fetched = await this.#fetchPieces(this.#download, signal);
    if (!fetched.ok) return this.#afterFailure(fetched.error);
    this.#failedSteps = 0;
    return this.#download.missing.length > 0 ? ok('file') : await this.#finish(this.#download.manifest);
  }

  async #look(signal: AbortSignal): Promise<Result<Download | undefined, SyncFailure>> {
    const { headOffice, cursor, now } = this.#parts;
    if (!this.#due || Math.abs(now() - this.#lookedAt) < LOOK_AGAIN_MS) return ok(undefined);
    const { epoch, position } = cursor();
    const query = epoch === null ? {} : { epoch, after: String(position) };
    const answer = await headOffice.ask({ path: SNAPSHOT_PATH, query }, signal);
    if (!answer.ok && isLineDown(answer.error.failure)) return failed(answer.error.failure);
    this.#lookedAt = now();
    this.#due = false;
    // An older head office has none, and one that fails at it still has rows.
    const offer = answer.ok ? snapshotOfferSchema.safeParse(answer.value).data : undefined;
    if (offer?.snapshot === undefined || offer.snapshot === null) return ok(undefined);
    return ok(await this.#choose(offer, offer.snapshot));
  }

  /** What was begun before is gone on with, so that a slow line comes to an end although head office makes a newer one each night. */
  async #choose(offer: SnapshotOffer, newest: SignedManifest): Promise<Download | undefined> {
    const { sink } = this.#parts;
    const read = readManifest(sink, newest);
    if (!read.ok) return this.#refuse(read.error.code, read.error.message);
    if (!snapshotPays(offer, read.value)) {
      sink.disk.drop();
      sink.changed({ state: 'none' });
      return undefined;
    }
    const pending = sink.disk.pending();
    const begun = pending === undefined ? undefined : readManifest(sink, pending);
    const goOn = pending !== undefined && begun?.ok === true && begun.value.epoch === read.value.epoch;
    const [signed, manifest] = goOn ? [pending, begun.value] : [newest, read.value];
    if ((await sink.disk.freeBytes()) - manifest.bytes < LEFT_FREE_BYTES) return this.#refuse('no-space', NO_SPACE);
    const here = await sink.disk.begin(signed, manifest);
    const missing = [...manifest.chunks.keys()].filter((index) => !here.has(index));
    sink.changed({ state: 'coming', here: here.size, of: manifest.chunks.length });
    return { manifest, missing };
  }

  async #fetchPieces(
    { manifest, missing }: Download,
    signal: AbortSignal,
  ): Promise<Result<void, SyncFailure | 'gone'>> {
    const { sink, headOffice, now, lastSeq } = this.#parts;
    const [begun, written] = [now(), lastSeq()];
    const asked = missing.slice(0, PIECES_PER_STEP);
    let failure: SyncFailure | 'gone' | undefined;
    const work = async (): Promise<void> => {
      while (failure === undefined && lastSeq() === written && Math.abs(now() - begun) < STEP_MS) {
        const index = asked.shift();
        const hash = index === undefined ? undefined : manifest.chunks[index];
        if (index === undefined || hash === undefined) return;
        const piece = await fetchPiece(headOffice, hash, signal);
        if (!piece.ok) {
          failure ??= piece.error;
          return;
        }
        await sink.disk.write(index, piece.value);
        missing.splice(missing.indexOf(index), 1);
        const of = manifest.chunks.length;
        sink.changed({ state: 'coming', here: of - missing.length, of });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return failure === undefined ? ok(undefined) : failed(failure);
  }

  #afterFailure(failure: SyncFailure | 'gone'): Result<'file' | 'rows', SyncFailure> {
    if (failure === 'gone') {
      // Head office has newer ones by now; pieces that are the same in them stay.
      this.#download = undefined;
      this.#parts.sink.disk.drop();
      this.#due = true;
      this.#lookedAt = Number.NEGATIVE_INFINITY;
      return ok('rows');
    }
    if (isLineDown(failure)) return failed(failure);
    this.#failedSteps += 1;
    if (this.#failedSteps < FAILED_STEPS_MAX) return failed(failure);
    this.#refuse('damaged', failure === DAMAGED ? DAMAGED_PIECES : failure.message);
    return ok('rows');
  }

  async #finish(manifest: SnapshotManifest): Promise<Result<'file' | 'rows', SyncFailure>> {
    const taken = await this.#parts.sink.disk.takeOver(manifest);
    this.#download = undefined;
    if (taken) this.#parts.sink.changed({ state: 'none' });
    else this.#refuse('damaged', DAMAGED_FILE);
    return ok('rows');
  }

  #refuse(code: SnapshotRefusal, message: string): undefined {
    this.#download = undefined;
    this.#failedSteps = 0;
    this.#parts.sink.changed({ state: 'refused', code, message });
  }
}

const NO_SPACE =
  'There is too little room on this disk for the file of members. Make room; until then members come one by one, which takes longer.';
const DAMAGED_PIECES =
  'The file of members arrives damaged again and again. Members come one by one, which takes longer.';
const DAMAGED_FILE =
  'The file of members was not what head office says it is. Members come one by one, which takes longer.';
