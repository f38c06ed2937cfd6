/** Streams that must be left for a new incarnation, and their branches: what of them head office keeps apart. */
import type { IncarnationId } from '../../base/ids.ts';
import { branchId } from '../../sync/protocol/salvage.ts';
import type { Branch } from './includes.ts';
import { transact, type ReadableDb, type WritableDb } from './open-database.ts';

/** `twin`: another till writes under the same identity. `broken`: the stream cannot be proved. */
export type TroubleKind = 'fenced' | 'forked' | 'twin' | 'broken' | 'restored';

export type StreamTrouble = {
  readonly inc: IncarnationId;
  readonly why: TroubleKind;
  readonly branchFrom: number | null;
  readonly brokenFrom: number | null;
  readonly adoptedBy: IncarnationId | null;
};

const ALL =
  'SELECT inc, why, branch_from AS branchFrom, broken_from AS brokenFrom, adopted_by AS adoptedBy FROM stream_trouble';

export function streamTroubles(db: WritableDb) {
  const all = db.prepare<[], StreamTrouble>(ALL);
  const put = db.prepare<StreamTrouble>(
    `INSERT INTO stream_trouble (inc, why, branch_from, broken_from) VALUES (:inc, :why, :branchFrom, :brokenFrom)
     ON CONFLICT (inc) DO UPDATE SET branch_from = excluded.branch_from, broken_from = excluded.broken_from`,
  );
  const adopt = db.prepare('UPDATE stream_trouble SET adopted_by = ? WHERE inc = ?');
  const closed = db.prepare<[string], 1>("SELECT 1 FROM entry WHERE inc = ? AND kind = 'close' LIMIT 1").pluck();
  let known = new Map<IncarnationId, StreamTrouble>();
  let branches: readonly Branch[] = [];
  // Asked for whenever a row is read and changed by this process alone, so it is read once.
  const reread = (): void => {
    known = new Map(all.all().map((trouble) => [trouble.inc, trouble]));
    branches = branchesIn(db);
  };
  reread();
  return {
    find: (inc: IncarnationId): StreamTrouble | undefined => known.get(inc),
    branches: (): readonly Branch[] => branches,
    /** The first reason stands, and the earliest places. True where that was news. */
    note: (inc: IncarnationId, said: Pick<StreamTrouble, 'why' | 'branchFrom' | 'brokenFrom'>): boolean => {
      const before = known.get(inc);
      const next = {
        inc,
        why: before?.why ?? said.why,
        branchFrom: earliest(before?.branchFrom, said.branchFrom),
        brokenFrom: earliest(before?.brokenFrom, said.brokenFrom),
        adoptedBy: before?.adoptedBy ?? null,
      };
      if (before !== undefined && JSON.stringify(before) === JSON.stringify(next)) return false;
      transact(db, () => put.run(next));
      reread();
      return true;
    },
    /** In the transaction of the entry that adopts it. */
    noteAdopted: (inc: IncarnationId, by: IncarnationId): void => {
      adopt.run(by, inc);
      reread();
    },
    /** Its last word on allowances is written. */
    isClosed: (inc: IncarnationId): boolean => closed.get(inc) !== undefined,
    /** Also once a transaction was rolled back, and when a stream was added. */
    reread,
  };
}

function earliest(left: number | null | undefined, right: number | null): number | null {
  if (left === null || left === undefined) return right;
  return right === null ? left : Math.min(left, right);
}

/** Head office has each branch under an id that the incarnation which adopted it makes; any later one of the till may be that. */
export function branchesIn(db: ReadableDb): readonly Branch[] {
  const rows = db
    .prepare<[], { inc: IncarnationId; from: number }>(
      'SELECT inc, branch_from AS "from" FROM stream_trouble WHERE branch_from IS NOT NULL',
    )
    .all();
  const incs = rows.length === 0 ? [] : db.prepare<[], IncarnationId>('SELECT inc FROM stream').pluck().all();
  return rows.map(({ inc, from }) => ({
    inc,
    from,
    ids: incs.filter((other) => other !== inc).map((other) => branchId(inc, other)),
  }));
}
