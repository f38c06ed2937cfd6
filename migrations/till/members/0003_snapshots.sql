-- The file may be one of head office's snapshots (docs/decisions/0008). A row whose `includes` is '*' includes of each stream what stands here;
-- rows that the feed brought say it themselves.

CREATE TABLE snapshot (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  org TEXT NOT NULL,
  epoch TEXT NOT NULL,
  -- Of the feed: members' rows up to it are in the file.
  position INTEGER NOT NULL CHECK (position >= 0),
  -- Milliseconds since 1970, head office's clock.
  made_at INTEGER NOT NULL,
  member_rows INTEGER NOT NULL CHECK (member_rows >= 0),
  -- JSON of [incarnation, seq] pairs, one vector for all rows; once a till took the file over, those of its own incarnations.
  includes TEXT NOT NULL,
  -- Up to where the feed brought all other kinds of rows, up to `position`; empty once they are all here.
  beside_position INTEGER CHECK (beside_position >= 0)
) STRICT;
