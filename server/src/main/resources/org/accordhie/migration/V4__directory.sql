-- Who is in which care team, and who holds which role: what each CareTeam and PractitionerRole says, while it is active.
CREATE TABLE accord.membership (
    member       text NOT NULL,  -- [type]/[id]
    member_of    text NOT NULL,  -- CareTeam/[id] or PractitionerRole/[id], which says so
    period_from  timestamptz,    -- null: without a beginning
    period_until timestamptz     -- null: without an end
);
CREATE INDEX membership_member ON accord.membership (member);
CREATE INDEX membership_member_of ON accord.membership (member_of);
