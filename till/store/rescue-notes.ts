/** Which entries of this till no file of it holds any more, as a rescue found. */
import type { IncarnationId } from '../../base/ids.ts';
import type { WritableDb } from './open-database.ts';

export type MissingEntries = { readonly inc: IncarnationId; readonly first: number; readonly last: number };

export function rescueNotes(db: WritableDb) {
  const add = db.prepare(
    'INSERT OR IGNORE INTO missing_entries (inc, first_seq, last_seq, found_at) VALUES (?, ?, ?, ?)',
  );
  const drop = db.prepare('DELETE FROM missing_entries WHERE inc = ? AND last_seq <= ?');
  const shorten = db.prepare(
    'UPDATE missing_entries SET first_seq = :from WHERE inc = :inc AND first_seq < :from AND last_seq >= :from',
  );
  const all = db.prepare<[], MissingEntries>(
    'SELECT inc, first_seq AS first, last_seq AS last FROM missing_entries ORDER BY found_at, inc, first_seq',
  );
  return {
    missing: (inc: IncarnationId, first: number, last: number, foundAt: number): void => {
      add.run(inc, first, last, foundAt);
    },
    /** Head office gave back what it had: all up to the number are here again. */
    takenBack: (inc: IncarnationId, upTo: number): void => {
      drop.run(inc, upTo);
      shorten.run({ inc, from: upTo + 1 });
    },
    all: (): MissingEntries[] => all.all(),
  };
}
