-- Tills get recent sales of all stores, by position.
create index sale_state_by_position on sale_state (position);
drop index sale_state_by_store;
