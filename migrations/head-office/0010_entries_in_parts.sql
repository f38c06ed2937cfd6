-- Entries in parts by position, 20 million each. What is asked all the time touches one part: the fold and the console go by position, and so do
-- the tables beside the entries, which hold nothing but a position now. New entries go to the newest part, whose indexes stay small; older parts
-- are never written again. What is found by account or id touches as many parts as there are, each by its index.

alter table entry_account rename to entry_account_whole;
alter table entry_sale rename to entry_sale_whole;
alter table entry rename to entry_whole;

create table entry (
  position bigint not null,
  inc text not null,
  seq bigint not null check (seq >= 1),
  store text not null,
  till text not null,
  id text not null,
  kind text not null,
  member text,
  order_key text collate "C" not null,
  text text not null,
  hash text not null,
  signature text,
  received_at bigint not null
) partition by range (position);

-- Makes the parts up to the one that holds this position, beside the table first: attaching one lets others read and write meanwhile.
-- A stream's row is locked while it is appended to, which is what makes (inc, seq) unique; in each part an index holds that too.
create function add_entry_parts(up_to bigint) returns integer language plpgsql as $$
declare
  size constant bigint := 20000000;
  made integer := 0;
  part text;
begin
  for number in 0..up_to / size loop
    part := 'entry_' || number;
    continue when exists (select 1 from pg_inherits where inhparent = 'entry'::regclass and inhrelid = to_regclass(part));
    execute format('create table %I (like entry including constraints)', part);
    execute format('alter table %I add constraint bounds check (position >= %s and position < %s)', part, number * size, (number + 1) * size);
    execute format('create unique index %I on %I (inc, seq)', part || '_identity', part);
    execute format('create trigger entry_never_emptied before truncate on %I for each statement execute function refuse_change()', part);
    execute format('alter table entry attach partition %I for values from (%s) to (%s)', part, number * size, (number + 1) * size);
    execute format('alter table %I drop constraint bounds', part);
    made := made + 1;
  end loop;
  return made;
end $$;

select add_entry_parts((select last from counter where name = 'entry') + 20000000);

insert into entry (position, inc, seq, store, till, id, kind, member, order_key, text, hash, signature, received_at)
select position, inc, seq, store, till, id, kind, member, order_key, text, hash, signature, received_at
from entry_whole order by position;

create table entry_account (
  account text not null,
  position bigint not null,
  primary key (account, position)
);
insert into entry_account (account, position)
select entry_account_whole.account, entry_whole.position
from entry_account_whole join entry_whole on entry_whole.inc = entry_account_whole.inc and entry_whole.seq = entry_account_whole.seq;

create table entry_sale (
  sale text not null,
  position bigint not null,
  primary key (sale, position)
);
insert into entry_sale (sale, position)
select entry_sale_whole.sale, entry_whole.position
from entry_sale_whole join entry_whole on entry_whole.inc = entry_sale_whole.inc and entry_whole.seq = entry_sale_whole.seq;

do $$
begin
  if (select count(*) from entry) <> (select count(*) from entry_whole)
    or (select count(*) from entry_account) <> (select count(*) from entry_account_whole)
    or (select count(*) from entry_sale) <> (select count(*) from entry_sale_whole)
  then
    raise exception 'not every row was carried over';
  end if;
end $$;

drop table entry_account_whole;
drop table entry_sale_whole;
drop table entry_whole;

alter table entry add constraint entry_pkey primary key (position);
alter table entry add constraint entry_inc_fkey foreign key (inc) references incarnation;
alter index entry_account_pkey1 rename to entry_account_pkey;
alter index entry_sale_pkey1 rename to entry_sale_pkey;
create index entry_by_member on entry (member, order_key) where member is not null;
create index entry_by_id on entry (id);
create index entry_goals on entry (order_key) where kind = 'goal';
-- Of an account's entries, those that name others.
create index entry_account_by_position on entry_account (position);

create trigger entry_for_ever before update or delete on entry for each row execute function refuse_change();
create trigger entry_never_emptied before truncate on entry for each statement execute function refuse_change();

-- The unique constraint on positions has an index already.
drop index sale_state_by_position;

-- The newest version of the fold that was at work here: a process of an older one folds no more. And the one by which all states are made.
alter table counter drop constraint counter_name_check;
alter table counter add constraint counter_name_check
  check (name in ('entry', 'feed', 'folded', 'indexed', 'fold-version', 'refolded-version'));
insert into counter (name, last) values ('fold-version', 0), ('refolded-version', 0);
drop index member_state_by_made;

-- A regular's state is read and written with each sale: packing it costs more than the room.
alter table member_state set (toast_tuple_target = 8160);
