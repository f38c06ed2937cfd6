-- Head office's own entries, as the feed brought them: where head office is lost altogether, its tills give them back.
CREATE TABLE office_entry (
  inc TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq >= 1),
  text TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (inc, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER office_entry_no_update BEFORE UPDATE ON office_entry
BEGIN SELECT RAISE(ABORT, 'an entry never changes'); END;
CREATE TRIGGER office_entry_no_delete BEFORE DELETE ON office_entry
BEGIN SELECT RAISE(ABORT, 'an entry never goes'); END;
