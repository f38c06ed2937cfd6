-- Where head office's feed has the row: sums over ranges of positions are compared with head office's. 0: a row that came before this was kept; its
-- range is found to differ, and is fetched again.
ALTER TABLE member ADD COLUMN position INTEGER NOT NULL DEFAULT 0 CHECK (position >= 0);
CREATE INDEX member_by_position ON member (position);

-- A state that is damaged is no JSON any more; its row has to be replaced all the same.
DROP INDEX member_by_into;
CREATE INDEX member_by_into ON member (CASE WHEN json_valid(state) THEN state ->> '$.into' END)
WHERE CASE WHEN json_valid(state) THEN state ->> '$.into' END IS NOT NULL;
