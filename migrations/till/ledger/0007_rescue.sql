-- Entries that were written here and are in no file of this till any more. Head office may have them; the incarnation takes no more redemptions
-- (stream.redemption_stop says why) and is to enrol again.
CREATE TABLE missing_entries (
  inc TEXT NOT NULL,
  first_seq INTEGER NOT NULL CHECK (first_seq >= 1),
  last_seq INTEGER NOT NULL CHECK (last_seq >= first_seq),
  found_at INTEGER NOT NULL,
  PRIMARY KEY (inc, first_seq)
) STRICT, WITHOUT ROWID;
