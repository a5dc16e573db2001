-- Disclosures that were made elsewhere, as their sources report them. Rows are only ever added.

CREATE TABLE accord.recorded_disclosure (
    disclosure_id uuid        NOT NULL PRIMARY KEY,
    recorded      timestamptz NOT NULL,
    occurred      timestamptz NOT NULL,
    patient       text        NOT NULL,  -- as Patient/[id]
    organization  text        NOT NULL,  -- which reports it, as Organization/[id]
    client_id     text        NOT NULL,
    user_ref      text,
    identifier    text,                  -- what the reporter calls it
    recipient     text        NOT NULL,  -- as [type]/[id]; empty where only the name is known
    name          text        NOT NULL,
    address       text        NOT NULL,
    purposes      text[]      NOT NULL,
    basis         text        NOT NULL,
    place         text        NOT NULL CHECK (place IN ('ELECTRONIC', 'OTHER')),
    part2         boolean     NOT NULL,
    description   text        NOT NULL,
    consent       text,
    event         text        NOT NULL,  -- the AuditEvent as it came
    UNIQUE (organization, identifier)
);
CREATE INDEX recorded_disclosure_patient ON accord.recorded_disclosure (patient);

-- Suspensions of the right to an accounting (45 CFR 164.528(a)(2)), and their ends. Rows are only ever added.

CREATE TABLE accord.accounting_suspension (
    suspension_id uuid        NOT NULL PRIMARY KEY,
    recorded      timestamptz NOT NULL,
    client_id     text        NOT NULL,
    user_ref      text,
    patient       text        NOT NULL,
    ends          uuid        UNIQUE REFERENCES accord.accounting_suspension,  -- which this row ends; null for a suspension
    agency        text        NOT NULL,
    stated        timestamptz NOT NULL,
    until         timestamptz NOT NULL,
    statement     text        NOT NULL,
    oral          boolean     NOT NULL
);
CREATE INDEX accounting_suspension_patient ON accord.accounting_suspension (patient);

CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON accord.recorded_disclosure
    FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_change();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON accord.accounting_suspension
    FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_change();
