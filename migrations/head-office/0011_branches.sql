-- Second histories that a later incarnation of the till vouches for, enrolment codes that know how often they were guessed at, and sums over ranges.

-- A branch is kept as an incarnation of its own, which nobody can write to: its key is that of the stream that it parted from.
alter table incarnation drop constraint incarnation_public_key_key;
alter table incarnation add column branch_of text references incarnation;
alter table incarnation add column branch_from bigint check ((branch_from is null) = (branch_of is null));
create unique index incarnation_by_key on incarnation (public_key) where branch_of is null;

-- Who vouches for bytes that their own stream cannot prove; null: its key does.
alter table fork_entry add column vouched_by text references incarnation;

-- Profiles that came with them, sealed.
create table fork_profile (
  inc text not null references incarnation,
  seq bigint not null,
  sealed text not null,
  received_at bigint not null,
  primary key (inc, seq, sealed)
);

-- What `adopt` entries asked for. Open until all bytes of the branch are here and were taken in.
create table adoption (
  adopter text not null references incarnation,
  seq bigint not null,
  of text not null references incarnation,
  from_seq bigint not null,
  to_seq bigint not null,
  head text not null,
  done_at bigint,
  primary key (adopter, seq)
);
create index adoption_open on adoption (adopter, seq) where done_at is null;

-- The first half of a code says which one is meant, so that wrong second halves are counted against it. Null: made before that was kept.
alter table enrolment_code add column selector text;
alter table enrolment_code add column failures integer not null default 0;
create index enrolment_code_by_selector on enrolment_code (selector) where selector is not null;

-- Of a range of the feed, as long as so many rows are in it: a row that changes leaves it, and none comes into a range that is full.
create table checksum_range (
  range bigint primary key,
  row_count integer not null,
  sum text not null
);
