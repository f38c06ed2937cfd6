-- The entries as they were received, exact bytes, and what is said about them. Nothing here is ever changed or taken away.

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on % is refused: its rows are for ever', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;

create table entry (
  position bigint not null unique,
  inc text not null references incarnation,
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
  received_at bigint not null,
  primary key (inc, seq)
);
create index entry_by_member on entry (member, order_key) where member is not null;
create index entry_by_id on entry (id);

-- A second history under one identity: kept whole, whoever is right.
create table fork_entry (
  inc text not null references incarnation,
  seq bigint not null,
  prior_head text not null,
  text text not null,
  hash text not null,
  signature text,
  -- The signed head that proves it, and its signature.
  proof_head text not null,
  proof_signature text not null,
  received_at bigint not null,
  primary key (inc, seq, hash)
);

create trigger entry_for_ever before update or delete on entry for each row execute function refuse_change();
create trigger entry_never_emptied before truncate on entry for each statement execute function refuse_change();
create trigger fork_entry_for_ever before update or delete on fork_entry for each row execute function refuse_change();
create trigger fork_entry_never_emptied before truncate on fork_entry for each statement execute function refuse_change();

create table flag (
  inc text not null,
  seq bigint not null,
  code text not null,
  detail text not null,
  raised_at bigint not null,
  primary key (inc, seq, code)
);

-- A person's data as it came, sealed. What was opened is emptied; the row stays, so that a repeat is known.
create table sealed_profile (
  inc text not null,
  seq bigint not null,
  sealed text,
  received_at bigint not null,
  opened_at bigint,
  primary key (inc, seq)
);
create index sealed_profile_waiting on sealed_profile (inc, seq) where opened_at is null;
