-- Emergencies and accesses that a human looks at. Rows are only ever added, but for the watermark.

CREATE FUNCTION accord.refuse_review_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'what was reviewed is only ever added to'; END $$;

CREATE TABLE accord.emergency_use (
    use_id       uuid        PRIMARY KEY,
    emergency_id uuid        NOT NULL,
    organization text        NOT NULL,
    client_id    text        NOT NULL,
    user_ref     text,
    patient      text        NOT NULL,
    reason       text        NOT NULL,
    used         timestamptz NOT NULL
);
CREATE INDEX emergency_use_emergency ON accord.emergency_use (emergency_id, used);
COMMENT ON TABLE accord.emergency_use IS
    'The first read under a declared emergency, in that read''s transaction. Two nodes may each add one at the same moment.';

-- The earliest use opens the case.
CREATE VIEW accord.emergency AS
SELECT DISTINCT ON (emergency_id) emergency_id, organization, client_id, user_ref, patient, reason, used AS opened
FROM accord.emergency_use ORDER BY emergency_id, used, use_id;

-- What somebody should hear of, fetched by whoever it is for.
CREATE TABLE accord.review_notice (
    notice_id bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tx        xid8        NOT NULL DEFAULT pg_current_xact_id(),
    kind      text        NOT NULL,
    subject   uuid        NOT NULL,
    patient   text        NOT NULL,
    told      boolean     NOT NULL,  -- the patient too
    noted     timestamptz NOT NULL
);
CREATE INDEX review_notice_order ON accord.review_notice (tx, notice_id);
CREATE INDEX review_notice_patient ON accord.review_notice (patient, tx, notice_id) WHERE told;
COMMENT ON COLUMN accord.review_notice.tx IS
    'a reader is given those before the oldest running transaction only, so that none appears behind what was read';

-- What officers said of an emergency or a finding. The key makes two officers of one moment meet.
CREATE TABLE accord.review_step (
    subject      uuid        NOT NULL,
    number       integer     NOT NULL,
    stepped      timestamptz NOT NULL,
    organization text        NOT NULL,
    client_id    text        NOT NULL,
    user_ref     text        NOT NULL,
    verdict      text        NOT NULL,
    comment      text        NOT NULL,
    PRIMARY KEY (subject, number)
);

CREATE TABLE accord.access_finding (
    finding_id   uuid        PRIMARY KEY,
    rule         text        NOT NULL,
    day          date        NOT NULL,
    event_id     uuid        NOT NULL,  -- the first event of that day which it is about
    organization text        NOT NULL,
    client_id    text        NOT NULL,
    user_ref     text,
    patient      text,
    sentence     text        NOT NULL,
    score        integer     NOT NULL,
    found        timestamptz NOT NULL
);
CREATE INDEX access_finding_order ON accord.access_finding (day, score);
COMMENT ON COLUMN accord.access_finding.finding_id IS
    'made of the rule, the requester, the patient and the day: whoever looks again finds the same';

-- Patients whose record is looked at closely, as officers say; the latest entry counts.
CREATE TABLE accord.vip_entry (
    entry_id     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient      text        NOT NULL,
    listed       boolean     NOT NULL,
    user_ref     text        NOT NULL,
    entered      timestamptz NOT NULL
);
CREATE INDEX vip_entry_patient ON accord.vip_entry (patient, entry_id);

CREATE TABLE accord.access_sample (
    month    text        NOT NULL,
    seed     bigint      NOT NULL,
    size     integer     NOT NULL,
    until    timestamptz NOT NULL,  -- what was recorded later was not among what was drawn from
    drawn_by text        NOT NULL,
    events   uuid[]      NOT NULL,
    PRIMARY KEY (month, seed, size)
);

CREATE TABLE accord.review_watermark (
    single   boolean PRIMARY KEY DEFAULT true CHECK (single),
    reviewed date    NOT NULL
);
COMMENT ON COLUMN accord.review_watermark.reviewed IS 'every day up to this one has been looked at';

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['emergency_use', 'review_notice', 'review_step', 'access_finding', 'vip_entry', 'access_sample']
    LOOP
        EXECUTE format('CREATE TRIGGER %1$s_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON accord.%1$I
            FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_review_change()', name);
    END LOOP;
END $$;
