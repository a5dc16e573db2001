-- The audit trail in partitions by month, so that it stays quick to write and to search, and can be pruned by dropping.

ALTER TABLE accord.audit_event RENAME TO audit_event_before;
ALTER INDEX accord.audit_event_pkey RENAME TO audit_event_before_pkey;
ALTER INDEX accord.audit_event_recorded RENAME TO audit_event_before_recorded;
ALTER INDEX accord.audit_event_patients RENAME TO audit_event_before_patients;

CREATE TABLE accord.audit_event (
    event_id       uuid        NOT NULL,
    recorded       timestamptz NOT NULL,
    tx             xid8        NOT NULL DEFAULT pg_current_xact_id(),
    request_id     uuid,
    client_address text        NOT NULL,
    interaction    text        NOT NULL,
    res_type       text        NOT NULL,
    query          text        NOT NULL,
    outcome        text        NOT NULL,
    status         smallint    NOT NULL,
    organization   text        NOT NULL,
    client_id      text        NOT NULL,
    user_ref       text,
    purposes       text[]      NOT NULL,
    token_id       text        NOT NULL,
    glass_patient  text,
    glass_reason   text,
    patients       text[]      NOT NULL,
    resources      text[]      NOT NULL,
    evidence       text        NOT NULL,
    PRIMARY KEY (recorded, event_id)
) PARTITION BY RANGE (recorded);
COMMENT ON COLUMN accord.audit_event.tx IS 'the transaction that wrote it: what is older than every running one is settled';
COMMENT ON COLUMN accord.audit_event.request_id IS 'null for what no request over HTTP caused';
COMMENT ON COLUMN accord.audit_event.status IS 'the status of an answer that was refused or failed, else 0';
COMMENT ON COLUMN accord.audit_event.glass_reason IS 'why the requester declared an emergency of that patient, in its own words';
COMMENT ON COLUMN accord.audit_event.evidence IS 'what the decision rests on, as JSON; empty where nothing was decided';
CREATE INDEX audit_event_id ON accord.audit_event (event_id);
CREATE INDEX audit_event_patients ON accord.audit_event USING gin (patients);
CREATE INDEX audit_event_tx ON accord.audit_event (tx);

-- Whatever has no month of its own is kept all the same.
CREATE TABLE accord.audit_event_other PARTITION OF accord.audit_event DEFAULT;

-- Makes the partitions from one month to another. Security definer: the server's role may add rows, not tables.
CREATE FUNCTION accord.audit_partitions(first date, last date) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    month timestamptz := date_trunc('month', first::timestamp) AT TIME ZONE 'UTC';
    after timestamptz;
    name  text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('accord.audit_partitions'));
    WHILE month < (last + 1)::timestamp AT TIME ZONE 'UTC' LOOP
        after := ((month AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC';
        name := 'audit_event_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
        IF to_regclass('accord.' || name) IS NULL
           AND NOT EXISTS (SELECT 1 FROM accord.audit_event_other o WHERE o.recorded >= month AND o.recorded < after) THEN
            EXECUTE format('CREATE TABLE accord.%I PARTITION OF accord.audit_event FOR VALUES FROM (%L) TO (%L)',
                           name, month, after);
            EXECUTE format('CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON accord.%I
                            FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_change()', name);
        END IF;
        month := after;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION accord.audit_partitions(date, date) FROM PUBLIC;

CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON accord.audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_change();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON accord.audit_event_other
    FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_change();

SELECT accord.audit_partitions(
    COALESCE((SELECT min(recorded) FROM accord.audit_event_before)::date, CURRENT_DATE) - 31, CURRENT_DATE + 62);

INSERT INTO accord.audit_event
    (event_id, recorded, client_address, interaction, res_type, query, outcome, status, organization, client_id, user_ref,
     purposes, token_id, glass_patient, glass_reason, patients, resources, evidence)
SELECT event_id, recorded, '',
       CASE WHEN interaction = 'CREATE' AND res_type = 'Bundle' THEN 'TRANSACTION' ELSE interaction END,
       res_type, query, outcome, 0, organization, client_id, user_ref,
       purposes, token_id, glass_patient, glass_reason, patients, resources, ''
FROM accord.audit_event_before;

-- With the view on it, which is made again afterwards.
DROP TABLE accord.audit_event_before CASCADE;

-- Seals of the trail. Each names the rows that it covers and their digests, and goes on from the seal before.
CREATE TABLE accord.audit_anchor (
    anchor_no bigint      PRIMARY KEY,
    sealed    timestamptz NOT NULL,
    node      text        NOT NULL,
    low_water xid8        NOT NULL,
    high_tx   xid8        NOT NULL,
    events    bigint      NOT NULL,
    first_at  timestamptz,
    last_at   timestamptz,
    digest    bytea       NOT NULL,
    chain     bytea       NOT NULL,
    key_id    text        NOT NULL,
    signature bytea       NOT NULL
);
COMMENT ON COLUMN accord.audit_anchor.low_water IS 'every row of an older transaction is in this seal or in one before';
COMMENT ON COLUMN accord.audit_anchor.high_tx IS 'the newest transaction of a row in this seal';
CREATE INDEX audit_anchor_high_tx ON accord.audit_anchor (high_tx);

-- The rows of a seal in their order: 16 octets of id and 32 of digest each. Apart from it, since they go with the rows.
CREATE TABLE accord.audit_sealed (
    anchor_no bigint PRIMARY KEY REFERENCES accord.audit_anchor,
    rows      bytea  NOT NULL
);

-- What was pruned, by seals: the stub that stays.
CREATE TABLE accord.audit_pruned (
    pruned_at timestamptz NOT NULL PRIMARY KEY,
    through   bigint      NOT NULL REFERENCES accord.audit_anchor,
    before    timestamptz NOT NULL,
    events    bigint      NOT NULL,
    key_id    text        NOT NULL,
    signature bytea       NOT NULL
);

CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON accord.audit_anchor
    FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_change();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON accord.audit_sealed
    FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_change();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON accord.audit_pruned
    FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_change();
