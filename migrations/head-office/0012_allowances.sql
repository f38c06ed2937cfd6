-- What tills may spend (ledger/allowances). Counters only ever rise; an end of '' is none.
create table allowance (
  account text not null,
  wallet text not null,
  inc text not null references incarnation,
  end_date text collate "C" not null,
  granted bigint not null default 0,
  own bigint not null default 0,
  spent bigint not null default 0,
  returned bigint not null default 0,
  -- By a named person, as risk (E5).
  written_off bigint not null default 0,
  primary key (account, wallet, inc, end_date)
);
create index allowance_by_inc on allowance (inc) where granted + own > spent + returned + written_off;

-- As they were signed, the newest of each part, with their place in the feed of their incarnation.
create table allowance_grant (
  inc text not null references incarnation,
  account text not null,
  wallet text not null,
  end_date text collate "C" not null,
  epoch text not null,
  granted bigint not null,
  at_seq bigint not null,
  at_head text not null,
  signature text not null,
  position bigint not null unique,
  primary key (inc, account, wallet, end_date)
);
create index allowance_grant_by_inc on allowance_grant (inc, position);

-- Entries that are not folded yet, or credit nothing yet: their allowances count with them.
create table allowance_uncounted (
  position bigint primary key,
  inc text not null,
  seq bigint not null
);

-- Members whose allowances are called back: for the incarnation that wants them, or for nobody.
create table recall (
  account text primary key,
  wanted text not null
);

-- Its last word came: nothing is out there any more (E5). Shut out by a person: it gets nothing, and what it holds stays out.
alter table incarnation add column closed_at bigint;
alter table incarnation add column fenced_at bigint;
