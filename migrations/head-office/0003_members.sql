-- Members: what is known of the person (erasable), their cards, and the projection of their entries (rebuilt from them at any time).

create table member (
  id text primary key,
  number bigint generated always as identity unique,
  joined text not null,
  blocked boolean not null default false,
  first_name text,
  name_key text collate "C",
  phone text,
  email text,
  phone_hash text,
  email_hash text,
  birthday text,
  segments text[] not null default '{}',
  salt text,
  -- The enrolling entry; empty where entries name a member that nobody enrolled yet.
  enrolled_order text collate "C",
  enrolled_inc text,
  enrolled_seq bigint
);
create index member_by_name on member (name_key) where name_key is not null;
create index member_by_phone on member (phone) where phone is not null;
create index member_by_email on member (email) where email is not null;

create table card (
  code text primary key,
  member text not null references member,
  status text not null check (status in ('active', 'blocked', 'replaced')),
  -- The entry that linked it: of two claims the first in the total order stands.
  order_key text collate "C" not null,
  inc text not null,
  seq bigint not null
);
create index card_by_member on card (member);

create table member_state (
  member text primary key references member,
  version bigint not null check (version >= 1),
  -- In the feed. The whole row of the feed (profile, cards, state) has this one position and version.
  position bigint not null unique,
  state text not null,
  last_order text collate "C" not null,
  -- JSON: the last seq of each incarnation that the state includes.
  includes text not null
);

-- From this seq on, entries of this stream on this member wait for a head office that knows their kind.
create table deferral (
  member text not null,
  inc text not null,
  from_seq bigint not null,
  primary key (member, inc)
);
