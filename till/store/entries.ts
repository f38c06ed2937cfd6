import { assert } from '../../base/assert.ts';
import type { HashHex, IncarnationId, MemberId, SaleId } from '../../base/ids.ts';
import type { WritableDb } from './open-database.ts';

/** An entry as it stands in the book. */
export type StoredEntry = {
  readonly inc: IncarnationId;
  readonly seq: number;
  readonly kind: string;
  readonly bytes: Buffer;
  readonly hash: Buffer;
  readonly signature: string | null;
};

export type NewEntry = StoredEntry & { readonly id: string; readonly member: MemberId | null };

const COLUMNS = 'inc, seq, kind, bytes, hash, signature';

export type EntryTable = ReturnType<typeof entryTable>;

export function entryTable(db: WritableDb) {
  const insert = db.prepare(
    'INSERT INTO entry (inc, seq, id, kind, member, bytes, hash, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const last = db.prepare<[string], StoredEntry>(
    `SELECT ${COLUMNS} FROM entry WHERE inc = ? ORDER BY seq DESC LIMIT 1`,
  );
  const one = db.prepare<[string, number], StoredEntry>(`SELECT ${COLUMNS} FROM entry WHERE inc = ? AND seq = ?`);
  const from = db.prepare<[string, number, number], StoredEntry>(
    `SELECT ${COLUMNS} FROM entry WHERE inc = ? AND seq >= ? ORDER BY seq LIMIT ?`,
  );
  const naming = db.prepare<{ account: string; inc: string; after: number }, StoredEntry>(
    `SELECT ${COLUMNS} FROM entry WHERE member = :account AND inc = :inc AND seq > :after
     UNION
     SELECT ${COLUMNS} FROM entry_account JOIN entry USING (inc, seq) WHERE account = :account AND inc = :inc AND seq > :after
     ORDER BY seq`,
  );
  const aboutSale = db.prepare<[string], StoredEntry>(
    `SELECT ${COLUMNS} FROM entry_sale JOIN entry USING (inc, seq) JOIN stream USING (inc) WHERE sale = ?
     ORDER BY stream.enrolled_at, stream.rowid, seq`,
  );
  const countNamingAfter = db
    .prepare<{ account: string; inc: string; after: number }, number>(
      `SELECT (SELECT count(*) FROM entry WHERE member = :account AND inc = :inc AND seq > :after)
       + (SELECT count(*) FROM entry_account WHERE account = :account AND inc = :inc AND seq > :after)`,
    )
    .pluck();
  // Of the index alone: the loop asks it several times in each round.
  const lastSeq = db.prepare<[string], number | null>('SELECT max(seq) FROM entry WHERE inc = ?').pluck();
  return {
    /** Inside `transact`, with everything that follows from the entry. */
    append: ({ inc, seq, id, kind, member, bytes, hash, signature }: NewEntry): void => {
      const { changes } = insert.run(inc, seq, id, kind, member, bytes, hash, signature);
      assert(changes === 1, 'an entry is one row');
    },
    /** 0 for none. */
    lastSeq: (inc: IncarnationId): number => lastSeq.get(inc) ?? 0,
    last: (inc: IncarnationId): StoredEntry | undefined => last.get(inc),
    at: (inc: IncarnationId, seq: number): StoredEntry | undefined => one.get(inc, seq),
    from: (inc: IncarnationId, seq: number, most: number): StoredEntry[] => from.all(inc, seq, most),
    /** Of the account or naming it beside another, in order of writing; `after` is left out. */
    naming: (account: MemberId, inc: IncarnationId, after: number): StoredEntry[] =>
      naming.all({ account, inc, after }),
    /** Refunds, voids, late cards and claims of a sale, in order of writing. */
    aboutSale: (sale: SaleId): StoredEntry[] => aboutSale.all(sale),
    countNamingAfter: (account: MemberId, inc: IncarnationId, after: number): number =>
      countNamingAfter.get({ account, inc, after }) ?? 0,
  };
}

export function hashHex(hash: Buffer): HashHex {
  return hash.toString('hex') as HashHex; // 32 bytes by the table's CHECK
}
