-- What head office publishes. A version of the programme is for ever, since a refund needs its sale's version.

create table programme_version (
  version integer primary key,
  programme text not null,
  effective_from text not null,
  timezone text not null,
  text text not null,
  hash text not null unique,
  position bigint not null unique,
  published_at bigint not null
);
create trigger programme_version_for_ever before update or delete on programme_version for each row execute function refuse_change();
create trigger programme_version_never_emptied before truncate on programme_version for each statement execute function refuse_change();

create table catalogue (
  version integer primary key,
  text text not null,
  position bigint not null unique,
  published_at bigint not null
);
