-- The whole programme: entries that touch several accounts, entries about a sale after it, and cards that change.

-- Accounts that an entry names beside its own member: a referrer, the receiver of a transfer, an unclaimed account.
CREATE TABLE entry_account (
  account TEXT NOT NULL,
  inc TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (account, inc, seq)
) STRICT, WITHOUT ROWID;

-- Own entries about a sale after the sale itself, of this till or of another: refund, void, attach, claim.
CREATE TABLE entry_sale (
  sale TEXT NOT NULL,
  inc TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (sale, inc, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO entry_sale (sale, inc, seq)
SELECT CAST(bytes AS TEXT) ->> '$.body.sale', inc, seq FROM entry WHERE kind = 'void';

-- By the hash of the claim code: the sale that opened an unclaimed account.
CREATE TABLE own_claim (
  code TEXT PRIMARY KEY,
  sale TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What this till last wrote of a card; head office's word stands once its row includes that entry.
ALTER TABLE own_card ADD COLUMN status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'blocked', 'replaced'));

ALTER TABLE own_profile ADD COLUMN segments TEXT NOT NULL DEFAULT '[]';

-- A state holds more from now on: what was folded before is folded anew when it is asked for.
UPDATE member_cache SET row = '-', state = '';
