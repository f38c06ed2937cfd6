-- The key that head office signs with, as it was given at the enrolment: for snapshots and whatever else it signs. None for tills that enrolled
-- before; they go without what needs it until they enrol again.
ALTER TABLE stream ADD COLUMN signing_key TEXT;
