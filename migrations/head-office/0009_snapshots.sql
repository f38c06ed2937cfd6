-- Snapshots of all members for tills that are far behind (docs/decisions/0008). They follow from the other tables and can be made again, so they
-- are not written to the log: after a crash of the database they are gone until the next is made, and tills go on by rows.

create unlogged table snapshot (
  id bigint generated always as identity primary key,
  epoch text not null,
  -- Of the feed: members' rows up to it are in the file.
  position bigint not null,
  made_at bigint not null,
  -- Exact text, as it is signed.
  manifest text not null,
  signature text not null
);

-- Pieces of files by the hash of what they unpack to; packed already.
create unlogged table snapshot_chunk (
  hash text primary key,
  bytes bytea not null
);
alter table snapshot_chunk alter column bytes set storage external;
