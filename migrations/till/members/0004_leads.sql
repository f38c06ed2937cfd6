-- Which accounts lead to a member since they were merged or claimed: what may be spent of them may be spent of the member.
CREATE INDEX member_by_into ON member (state ->> '$.into') WHERE state ->> '$.into' IS NOT NULL;
