-- members.db: head office's rows as the feed brought them. Replaceable: a new snapshot takes its place.

CREATE TABLE feed_cursor (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  epoch TEXT,
  position INTEGER NOT NULL CHECK (position >= 0),
  -- Milliseconds since 1970, head office's clock, of the last page.
  as_of INTEGER
) STRICT;
INSERT INTO feed_cursor (one, epoch, position, as_of) VALUES (1, NULL, 0, NULL);

CREATE TABLE member (
  member TEXT PRIMARY KEY,
  epoch TEXT NOT NULL,
  version INTEGER NOT NULL,
  as_of INTEGER NOT NULL,
  display_name TEXT,
  name_key TEXT,
  birthday_month INTEGER,
  birthday_day INTEGER,
  segments TEXT NOT NULL,
  joined TEXT NOT NULL,
  blocked INTEGER NOT NULL CHECK (blocked IN (0, 1)),
  phone_hash TEXT,
  email_hash TEXT,
  -- JSON of [incarnation, seq] pairs: the last own entries on this member that the state includes.
  includes TEXT NOT NULL,
  -- JSON list of its active cards, so that showing a member is one look-up.
  cards TEXT NOT NULL,
  state TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX member_by_name ON member (name_key);
CREATE INDEX member_by_phone ON member (phone_hash) WHERE phone_hash IS NOT NULL;
CREATE INDEX member_by_email ON member (email_hash) WHERE email_hash IS NOT NULL;

CREATE TABLE card (
  code TEXT PRIMARY KEY,
  member TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'blocked', 'replaced'))
) STRICT, WITHOUT ROWID;
CREATE INDEX card_by_member ON card (member); -- a new row of the member replaces its cards

-- The one newest document of its kind: catalogue, store.
CREATE TABLE document (
  kind TEXT PRIMARY KEY,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
