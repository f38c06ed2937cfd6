import type { HashHex, IncarnationId } from '../../base/ids.ts';
import type { WritableDb } from './open-database.ts';

export type StoredOfficeEntry = {
  readonly inc: IncarnationId;
  readonly seq: number;
  readonly text: string;
  readonly hash: HashHex;
};

/** Head office's own entries, kept for the day on which head office has lost them. */
export function officeEntryTable(db: WritableDb) {
  const insert = db.prepare(
    'INSERT INTO office_entry (inc, seq, text, hash) VALUES (?, ?, ?, ?) ON CONFLICT (inc, seq) DO NOTHING',
  );
  return {
    /** The first that came of an identity stays. */
    add: ({ inc, seq, text, hash }: StoredOfficeEntry): void => {
      insert.run(inc, seq, text, hash);
    },
  };
}
