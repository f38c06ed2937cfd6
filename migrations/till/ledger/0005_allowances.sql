-- What this till may spend without asking: by part, an account, one of its wallets and the end of the lots that it rests on, at one incarnation.
-- An end of '' is none. All counters are cumulative. `granted` is what allowance_grant says, the others follow from the entries.
CREATE TABLE allowance (
  inc TEXT NOT NULL,
  account TEXT NOT NULL,
  wallet TEXT NOT NULL,
  end TEXT NOT NULL,
  granted INTEGER NOT NULL DEFAULT 0 CHECK (granted BETWEEN 0 AND 9007199254740991),
  own INTEGER NOT NULL DEFAULT 0 CHECK (own BETWEEN 0 AND 9007199254740991),
  spent INTEGER NOT NULL DEFAULT 0 CHECK (spent BETWEEN 0 AND 9007199254740991),
  returned INTEGER NOT NULL DEFAULT 0 CHECK (returned BETWEEN 0 AND 9007199254740991),
  PRIMARY KEY (inc, account, wallet, end)
) STRICT, WITHOUT ROWID;

-- The newest of each part, as head office signed it: it can be checked again, and shown to a head office that was restored.
CREATE TABLE allowance_grant (
  inc TEXT NOT NULL,
  account TEXT NOT NULL,
  wallet TEXT NOT NULL,
  end TEXT NOT NULL,
  epoch TEXT NOT NULL,
  granted INTEGER NOT NULL CHECK (granted BETWEEN 0 AND 9007199254740991),
  at_seq INTEGER NOT NULL CHECK (at_seq >= 0),
  at_head TEXT NOT NULL,
  signature TEXT NOT NULL,
  PRIMARY KEY (inc, account, wallet, end)
) STRICT, WITHOUT ROWID;

-- What was spent beyond the allowance. `settled` is the till's own note: head office's row of the member has it, so it counts no more here.
CREATE TABLE overdraft (
  inc TEXT NOT NULL,
  seq INTEGER NOT NULL,
  account TEXT NOT NULL,
  wallet TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 9007199254740991),
  settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)),
  PRIMARY KEY (inc, seq, account, wallet)
) STRICT, WITHOUT ROWID;
CREATE INDEX overdraft_open ON overdraft (wallet) WHERE settled = 0;

-- Accounts that own claims led to a member, before head office's row says so.
CREATE TABLE own_lead (
  into_member TEXT NOT NULL,
  account TEXT NOT NULL,
  PRIMARY KEY (into_member, account)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO own_lead (into_member, account)
SELECT member, CAST(bytes AS TEXT) ->> '$.body.account' FROM entry WHERE kind = 'claim' AND member IS NOT NULL;

-- Why this incarnation may spend nothing any more: its data were copied or restored. It sells on, and enrols again.
ALTER TABLE stream ADD COLUMN redemption_stop TEXT;
