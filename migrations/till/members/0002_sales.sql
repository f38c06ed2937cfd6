-- Sales of the store, as the feed brings them. A member's state holds more from now on, so all rows are fetched anew.

CREATE TABLE sale (
  sale TEXT PRIMARY KEY,
  epoch TEXT NOT NULL,
  version INTEGER NOT NULL,
  receipt TEXT,
  -- The hash of the claim code that its receipt had; it stays when the sale was claimed.
  claim TEXT,
  date TEXT NOT NULL,
  -- JSON of [incarnation, seq] pairs: the last own entries about this sale that the state includes.
  includes TEXT NOT NULL,
  state TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sale_by_receipt ON sale (receipt) WHERE receipt IS NOT NULL;
CREATE INDEX sale_by_claim ON sale (claim) WHERE claim IS NOT NULL;

DELETE FROM card;
DELETE FROM member;
UPDATE feed_cursor SET epoch = NULL, position = 0, as_of = NULL;
