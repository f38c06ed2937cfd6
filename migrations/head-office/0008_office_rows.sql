-- Head office's own entries (merges, adjustments, goals) ride the feed, so that tills can give them back where head office is lost.
-- Enrolments do not: the members' rows say as much. Expiries do not: they follow from dates.
create table office_row (
  position bigint primary key,
  inc text not null,
  seq bigint not null,
  unique (inc, seq)
);

with missed as (
  select entry.inc, entry.seq, row_number() over (order by entry.position) as number
  from entry join incarnation on incarnation.id = entry.inc
  where incarnation.private_key is not null and entry.kind not in ('enrol', 'expire')
), taken as (
  update counter set last = last + (select count(*) from missed) where name = 'feed' returning last
)
insert into office_row (position, inc, seq)
select taken.last - (select count(*) from missed) + missed.number, missed.inc, missed.seq from missed, taken;
