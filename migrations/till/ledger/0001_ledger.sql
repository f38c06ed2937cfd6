-- ledger.db: the till's own entries and what follows from them. Small, durable, never replaced.

-- Who this till is, one row for each enrolment; the newest is the one that writes.
CREATE TABLE stream (
  inc TEXT PRIMARY KEY,
  org TEXT NOT NULL,
  org_name TEXT NOT NULL,
  store TEXT NOT NULL,
  store_name TEXT NOT NULL,
  till TEXT NOT NULL,
  till_name TEXT NOT NULL,
  head_office TEXT NOT NULL,
  public_key TEXT NOT NULL,
  sealing_key TEXT NOT NULL,
  certificate TEXT NOT NULL,
  enrolled_at INTEGER NOT NULL,
  -- What head office has confirmed: cumulative, only ever rises within an epoch.
  epoch TEXT NOT NULL,
  acknowledged_seq INTEGER NOT NULL DEFAULT 0 CHECK (acknowledged_seq >= 0)
) STRICT;

-- The book. `bytes` are exactly what was hashed, signed and sent.
CREATE TABLE entry (
  inc TEXT NOT NULL REFERENCES stream (inc),
  seq INTEGER NOT NULL CHECK (seq BETWEEN 1 AND 9007199254740991),
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  member TEXT,
  bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 2 AND 65536),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  signature TEXT,
  PRIMARY KEY (inc, seq)
) STRICT;
CREATE INDEX entry_by_member ON entry (member, inc, seq) WHERE member IS NOT NULL;

CREATE TRIGGER entry_never_changes BEFORE UPDATE ON entry BEGIN
  SELECT RAISE(ABORT, 'a ledger entry is never changed');
END;
CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry BEGIN
  SELECT RAISE(ABORT, 'a ledger entry is never deleted');
END;

-- INSERT OR REPLACE deletes without asking the trigger above; and a stream has no gap.
CREATE TRIGGER entry_only_follows BEFORE INSERT ON entry
WHEN NEW.seq <> coalesce((SELECT max(seq) FROM entry WHERE inc = NEW.inc), 0) + 1 BEGIN
  SELECT RAISE(ABORT, 'a ledger entry follows the one before it');
END;

-- Answers already given, so that the same command twice is one entry and one answer.
CREATE TABLE command (
  command TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  input_hash TEXT NOT NULL,
  answer TEXT NOT NULL
) STRICT;

-- Projections of the entries: dropped and replayed they give the same rows.
CREATE TABLE account_balance (
  account TEXT NOT NULL,
  wallet TEXT NOT NULL,
  balance INTEGER NOT NULL CHECK (balance BETWEEN -9007199254740991 AND 9007199254740991),
  PRIMARY KEY (account, wallet)
) STRICT, WITHOUT ROWID;

-- In the order of writing; each index more is a page more to flush at every sale.
CREATE TABLE sale (
  sale TEXT PRIMARY KEY,
  inc TEXT NOT NULL,
  seq INTEGER NOT NULL,
  receipt TEXT NOT NULL,
  -- The receipt's running number at this till, across enrolments.
  number INTEGER NOT NULL,
  reference TEXT,
  voided_by INTEGER
) STRICT;
CREATE UNIQUE INDEX sale_by_reference ON sale (reference) WHERE reference IS NOT NULL;

CREATE TABLE own_card (
  code TEXT PRIMARY KEY,
  member TEXT NOT NULL,
  inc TEXT NOT NULL,
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX own_card_by_member ON own_card (member);

-- A member's state as of a row of head office and the last own entry: only saves folding again.
CREATE TABLE member_cache (
  member TEXT PRIMARY KEY,
  -- Which row of head office it stands on: `<epoch>/<version>`, empty where there was none.
  row TEXT NOT NULL,
  inc TEXT NOT NULL,
  seq INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- People enrolled here: erasable, and never part of an entry.
CREATE TABLE own_profile (
  member TEXT PRIMARY KEY,
  display_name TEXT,
  name_key TEXT,
  birthday_month INTEGER,
  birthday_day INTEGER,
  joined TEXT NOT NULL,
  phone_hash TEXT,
  email_hash TEXT,
  inc TEXT NOT NULL,
  seq INTEGER NOT NULL,
  -- The whole profile, sealed to head office's key; it goes once head office has it in a backup.
  sealed TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX own_profile_by_name ON own_profile (name_key);
CREATE INDEX own_profile_by_phone ON own_profile (phone_hash) WHERE phone_hash IS NOT NULL;
CREATE INDEX own_profile_by_email ON own_profile (email_hash) WHERE email_hash IS NOT NULL;
CREATE INDEX own_profile_by_seq ON own_profile (inc, seq);

-- Published programme versions never change; a void or refund needs the one of its sale.
CREATE TABLE programme (
  hash TEXT PRIMARY KEY,
  version INTEGER NOT NULL UNIQUE,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER programme_never_changes BEFORE UPDATE ON programme BEGIN
  SELECT RAISE(ABORT, 'a published programme is never changed');
END;

CREATE TRIGGER programme_never_goes BEFORE DELETE ON programme BEGIN
  SELECT RAISE(ABORT, 'a published programme is never deleted');
END;
CREATE TRIGGER programme_never_replaced BEFORE INSERT ON programme
WHEN EXISTS (
  SELECT 1 FROM programme
  WHERE (hash = NEW.hash OR version = NEW.version) AND (hash <> NEW.hash OR version <> NEW.version OR text <> NEW.text)
) BEGIN
  SELECT RAISE(ABORT, 'a published programme is never replaced');
END;

-- A print job is a row before its first byte. The first print of a sale has the sale's id as its own.
CREATE TABLE print_job (
  job TEXT PRIMARY KEY,
  sale TEXT,
  printer TEXT NOT NULL,
  copy INTEGER NOT NULL CHECK (copy IN (0, 1)),
  -- The receipt as it was laid down at the sale: a copy shows what the first print showed.
  receipt TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'unknown', 'failed', 'discarded')),
  message TEXT,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX print_job_open ON print_job (created_at) WHERE state NOT IN ('sent', 'discarded');
