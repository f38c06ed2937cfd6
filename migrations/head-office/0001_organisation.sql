-- The organisation with its keys, its stores and tills, and how a till enrols. Times are milliseconds since 1970.

create table org (
  singleton boolean primary key default true check (singleton),
  id text not null,
  name text not null,
  country_code text not null,
  -- A life of this database: changes after a restore, and tills then send again what it lacks.
  epoch text not null,
  signing_public_key text not null,
  signing_private_key text not null,
  sealing_public_key text not null,
  sealing_private_key text not null,
  lookup_key text not null,
  created_at bigint not null
);

-- Positions are given by updating one of these rows inside the transaction that uses them: the row stays locked until the commit, so
-- the order of positions is the order of commits, and a reader by cursor never misses a row.
create table counter (
  name text primary key check (name in ('entry', 'feed', 'folded')),
  last bigint not null check (last >= 0)
);
insert into counter (name, last) values ('entry', 0), ('feed', 0), ('folded', 0);

create table store (
  id text primary key,
  name text not null,
  locale text not null,
  receipt_header text[] not null,
  receipt_footer text[] not null,
  -- Head office's own: it is in no list of stores.
  own boolean not null,
  position bigint not null,
  created_at bigint not null
);

create table till (
  id text primary key,
  store text not null references store,
  name text not null,
  position bigint not null,
  created_at bigint not null
);
create index till_by_store on till (store);

create table enrolment_code (
  hash text primary key,
  till text not null references till,
  valid_until bigint not null,
  used_at bigint,
  used_by text,
  created_at bigint not null
);

-- Wrong codes by where they came from: too many lock that address out for a while.
create table enrolment_failure (
  address text primary key,
  failures integer not null,
  first_at bigint not null,
  locked_until bigint
);

create table incarnation (
  id text primary key,
  till text not null references till,
  public_key text not null unique,
  -- Head office's own stream only.
  private_key text,
  software text not null,
  protocol integer not null,
  received_seq bigint not null default 0 check (received_seq >= 0),
  received_head text not null,
  last_seen_at bigint,
  waiting_entries integer not null default 0,
  oldest_waiting_at bigint,
  seen_epoch text,
  seen_position bigint not null default 0,
  forked_at bigint,
  broken_at bigint,
  enrolled_at bigint not null
);
create index incarnation_by_till on incarnation (till, enrolled_at);
