/**
 * The one place where an entry comes into being: next in its stream, hashed onto the head before it, signed where value leaves, and
 * written with all that follows from it in one durable transaction. Nobody hears "done" before that has returned.
 */
import type { EntryId, HashHex } from '../../base/ids.ts';
import { sha256 } from '../../base/node/hash.ts';
import { uuidv7 } from '../../base/node/uuid.ts';
import { refused, type Refusal, type Result } from '../../base/result.ts';
import { genesisHead, headToSign, nextHead } from '../../ledger/chain.ts';
import type { EntryAllowances } from '../../ledger/allowances/part.ts';
import { ENTRY_KINDS } from '../../ledger/bodies/table.ts';
import { ENTRY_BYTES_MAX, entryText, type Entry, type EntryKind, type EntryOf } from '../../ledger/entry.ts';
import { postingsOf } from '../../ledger/postings.ts';
import type { DiskGuard } from '../store/disk-guard.ts';
import type { Stream } from '../store/streams.ts';
import type { TillStore } from '../store/till-store.ts';
import type { Caller } from './context.ts';
import type { TillClock } from './clock.ts';
import type { TillKeys } from './keys.ts';
import { lastEntryOf, type LastEntry } from './last-entry.ts';
import type { Moment } from './moment.ts';

/** What a use case says of its entry; place, time, identity and postings are the writer's. */
export type Draft<Kind extends EntryKind> = Pick<
  EntryOf<Kind>,
  'kind' | 'member' | 'prog' | 'receipt' | 'refs' | 'basis' | 'body'
> & { readonly allowances?: EntryAllowances | undefined };

export type AppendEntry = <Kind extends EntryKind>(draft: Draft<Kind>) => EntryOf<Kind>;

export type EntryWriter = {
  last(): LastEntry | undefined;
  /**
   * Runs `work` in one transaction of ledger.db. What it appends and writes is on disk, whole, when this returns; where it throws or
   * refuses, nothing is. Refuses with `not-enrolled`, `entry-too-large` and `disk-full`.
   */
  write<Value, Failure>(
    caller: Caller,
    moment: Moment,
    work: (append: AppendEntry) => Result<Value, Failure>,
  ): Result<Value, Failure | Refusal<WriteRefusal>>;
  /** Entries came into the book beside it, from head office. */
  forget(): void;
};

export type WriteRefusal = 'not-enrolled' | 'entry-too-large' | 'disk-full';

/** Rolls the transaction back and carries the refusal out of it. */
class Abandoned extends Error {
  readonly result: { readonly ok: false; readonly error: unknown };
  constructor(result: { readonly ok: false; readonly error: unknown }) {
    super('abandoned');
    this.result = result;
  }
}

type Parts = {
  readonly store: TillStore;
  readonly clock: TillClock;
  readonly keys: TillKeys;
  readonly disk?: DiskGuard | undefined;
  stream(): Stream | undefined;
};

export function openEntryWriter(parts: Parts): EntryWriter {
  let last: { readonly inc: string; readonly entry: LastEntry | undefined } | undefined;
  const lastOf = (stream: Stream): LastEntry | undefined => {
    if (last?.inc !== stream.inc) {
      const before = parts.store.streams.all().filter(({ inc }) => inc !== stream.inc);
      last = { inc: stream.inc, entry: lastEntryOf(parts.store.entries, stream, before) };
    }
    return last.entry;
  };
  return {
    last: () => {
      const stream = parts.stream();
      return stream && lastOf(stream);
    },
    forget: () => {
      last = undefined;
    },
    write: (caller, moment, work) => {
      const stream = parts.stream();
      if (stream === undefined) return refused('not-enrolled', 'This till is not enrolled with head office yet.');
      // Before anything is written or printed: a refusal now is better than a sale that nobody can finish.
      if (parts.disk?.mayWrite() === false) return DISK_FULL;
      let written = lastOf(stream);
      try {
        const result = parts.store.transact(() => {
          const outcome = work((draft) => {
            const { entry, head } = append(parts, stream, written, draft, caller, moment);
            written = { seq: entry.seq, head, hlc: entry.hlc, bd: entry.bd };
            return entry;
          });
          if (!outcome.ok) throw new Abandoned(outcome);
          return outcome;
        });
        last = { inc: stream.inc, entry: written };
        return result;
      } catch (error) {
        if (isDiskFull(error)) parts.disk?.saidFull();
        return abandonedOrRefused(error);
      }
    },
  };
}

function append<Kind extends EntryKind>(
  { store, clock, keys }: Parts,
  stream: Stream,
  last: LastEntry | undefined,
  draft: Draft<Kind>,
  caller: Caller,
  moment: Moment,
): { entry: EntryOf<Kind>; head: HashHex } {
  const seq = (last?.seq ?? 0) + 1;
  const entry = envelope(stream, seq, draft, caller, moment, clock);
  const text = entryText(entry);
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > ENTRY_BYTES_MAX) {
    throw new Abandoned(refused('entry-too-large', 'This sale is too large for one entry. Split the basket.'));
  }
  const head = nextHead(sha256, last?.head ?? genesisHead(sha256, stream), text);
  const signature = needsSignature(entry) ? keys.signer(stream.inc).sign(headToSign(head)) : null;
  const hash = Buffer.from(head, 'hex');
  store.entries.append({
    inc: stream.inc,
    seq,
    id: entry.id,
    kind: entry.kind,
    member: entry.member,
    bytes,
    hash,
    signature,
  });
  store.projections.apply(entry);
  return { entry, head };
}

function envelope<Kind extends EntryKind>(
  { org, store, till, inc }: Stream,
  seq: number,
  draft: Draft<Kind>,
  { actor, approver }: Caller,
  { wall, hlc, local }: Moment,
  clock: TillClock,
): EntryOf<Kind> {
  const { kind, member, prog, receipt, refs, basis, allowances, body } = draft;
  const entry = {
    v: 1,
    org,
    store,
    till,
    inc,
    seq,
    id: uuidv7(wall) as EntryId, // the single place where an entry gets its id
    kind,
    kv: ENTRY_KINDS[kind].kv,
    prog,
    member,
    postings: postingsOf({ kind, member, body } as Parameters<typeof postingsOf>[0]), // kind and body belong together
    hlc,
    wall,
    boot: clock.boot,
    mono: clock.monotonic(),
    bd: local.date,
    tz: local.offsetMinutes,
    actor,
    approver,
    receipt,
    refs,
    basis,
    ...(allowances === undefined ? {} : { allowances }),
    body,
  };
  return entry as unknown as EntryOf<Kind>; // the draft's kind and body belong together
}

/** Value that leaves or a person that comes is signed at once; what was earned is covered by the next signed head. */
function needsSignature(entry: Entry): boolean {
  return entry.kind !== 'sale' || entry.body.redeemed.length > 0;
}

function abandonedOrRefused(error: unknown): { readonly ok: false; readonly error: never } {
  if (error instanceof Abandoned) return error.result as { ok: false; error: never }; // what `work` refused with
  if (isDiskFull(error)) return DISK_FULL as { ok: false; error: never }; // one of the writer's own refusals
  throw error;
}

const DISK_FULL = refused(
  'disk-full',
  'The disk of this till is full, so nothing was sold. Try once more; if it stays, make room on the disk.',
);

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL';
}
