-- Of an account's entries, those that name others.
create index entry_account_by_entry on entry_account (inc, seq);
