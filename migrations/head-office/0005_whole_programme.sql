-- The whole programme: entries that name several accounts, accounts that became one, sales as they stand, the log of cards, daily runs.

-- Accounts that an entry names beside its own member.
create table entry_account (
  account text not null,
  order_key text collate "C" not null,
  inc text not null,
  seq bigint not null,
  primary key (account, order_key),
  foreign key (inc, seq) references entry (inc, seq)
);

-- The entries about a sale: itself, its refunds, its void, its late card, its claim.
create table entry_sale (
  sale text not null,
  order_key text collate "C" not null,
  inc text not null,
  seq bigint not null,
  primary key (sale, order_key),
  foreign key (inc, seq) references entry (inc, seq)
);

-- Accounts that a claim, a merge or an unmerge names together: the fold of the one needs the other, so they are folded together. An account
-- that is not here is alone.
create table account_group (
  account text primary key,
  root text not null
);
create index account_group_by_root on account_group (root);

-- Beside the counters: up to where entries stand in the tables above. What was stored before them is entered at the next start.
alter table counter drop constraint counter_name_check;
alter table counter add constraint counter_name_check check (name in ('entry', 'feed', 'folded', 'indexed'));
insert into counter (name, last) values ('indexed', 0);

create table sale_state (
  sale text primary key,
  version bigint not null check (version >= 1),
  position bigint not null unique,
  store text not null,
  member text,
  business_date text collate "C" not null,
  state text not null,
  last_order text collate "C" not null,
  includes text not null
);
create index sale_state_by_store on sale_state (store, position);
create index sale_state_by_date on sale_state (business_date, sale) where member is not null;

-- What entries say about a card, in the total order; the card itself is the fold of it.
create table card_fact (
  code text not null,
  order_key text collate "C" not null,
  action text not null check (action in ('link', 'block', 'replace')),
  member text not null,
  inc text not null,
  seq bigint not null,
  primary key (code, order_key, action)
);
create index card_fact_by_member on card_fact (member);

-- The member that the card leads to now: its holder's account may have been merged.
alter table card add column owner text;
update card set owner = member;
alter table card alter column owner set not null;
create index card_by_owner on card (owner);

-- Which fold made the state: an older one is made anew at the next start.
alter table member_state add column made_by integer not null default 1;
-- The first end of a lot with anything in it that the books may not have written off.
alter table member_state add column due text collate "C";
-- Clubs that the member is or was in.
alter table member_state add column clubs text[] not null default '{}';
create index member_state_by_due on member_state (due) where due is not null;
create index member_state_by_clubs on member_state using gin (clubs) where clubs <> '{}';
create index member_state_by_last_order on member_state (last_order);
create index member_state_by_made on member_state (made_by, member);

create index entry_goals on entry (order_key) where kind = 'goal';

-- Business dates that were run to their end.
create table daily_run (
  date text primary key,
  ran_at bigint not null
);
