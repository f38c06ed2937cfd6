-- Why a stream has to be left for a new incarnation, and what of it head office keeps apart (docs/decisions/0010).
CREATE TABLE stream_trouble (
  inc TEXT PRIMARY KEY REFERENCES stream (inc),
  -- What was found first.
  why TEXT NOT NULL CHECK (why IN ('fenced', 'forked', 'twin', 'broken', 'restored')),
  -- From this seq on head office has other entries of this stream, or none that it can prove: this till's are a branch.
  branch_from INTEGER CHECK (branch_from >= 1),
  -- From this seq on the stream cannot be proved by its own key.
  broken_from INTEGER CHECK (broken_from >= 1),
  -- The incarnation that wrote an `adopt` entry for the branch.
  adopted_by TEXT REFERENCES stream (inc)
) STRICT, WITHOUT ROWID;
