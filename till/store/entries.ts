import { assert } from '../../base/assert.ts';
import type { HashHex, IncarnationId, MemberId } from '../../base/ids.ts';
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
  const ofMember = db.prepare<[string, string, number], StoredEntry>(
    `SELECT ${COLUMNS} FROM entry WHERE member = ? AND inc = ? AND seq > ? ORDER BY seq`,
  );
  const lastOfMember = db
    .prepare<[string, string], number>('SELECT seq FROM entry WHERE member = ? AND inc = ? ORDER BY seq DESC LIMIT 1')
    .pluck();
  const countAfterOfMember = db
    .prepare<[string, string, number], number>('SELECT count(*) FROM entry WHERE member = ? AND inc = ? AND seq > ?')
    .pluck();
  return {
    /** Inside `transact`, with everything that follows from the entry. */
    append: ({ inc, seq, id, kind, member, bytes, hash, signature }: NewEntry): void => {
      const { changes } = insert.run(inc, seq, id, kind, member, bytes, hash, signature);
      assert(changes === 1, 'an entry is one row');
    },
    last: (inc: IncarnationId): StoredEntry | undefined => last.get(inc),
    at: (inc: IncarnationId, seq: number): StoredEntry | undefined => one.get(inc, seq),
    from: (inc: IncarnationId, seq: number, most: number): StoredEntry[] => from.all(inc, seq, most),
    /** In order of writing; `after` is left out. */
    ofMember: (member: MemberId, inc: IncarnationId, after: number): StoredEntry[] => ofMember.all(member, inc, after),
    /** 0 where there is none. */
    lastSeqOfMember: (member: MemberId, inc: IncarnationId): number => lastOfMember.get(member, inc) ?? 0,
    countOfMemberAfter: (member: MemberId, inc: IncarnationId, after: number): number =>
      countAfterOfMember.get(member, inc, after) ?? 0,
  };
}

export function hashHex(hash: Buffer): HashHex {
  return hash.toString('hex') as HashHex; // 32 bytes by the table's CHECK
}
