-- What decides over a resource's release, extracted when it is written.

CREATE TABLE accord.release_class (
    class_id   serial PRIMARY KEY,
    signature  bytea NOT NULL UNIQUE,  -- SHA-256 of the definition: the definition itself may exceed an index entry
    definition jsonb NOT NULL
);
COMMENT ON TABLE accord.release_class IS
    'What is left of all rules once the resource has been filled in; resources of one class are released together.';

CREATE TABLE accord.release (
    res_id       bigint   NOT NULL,
    res_ver      bigint   NOT NULL,
    is_current   boolean  NOT NULL,
    class_id     integer  NOT NULL REFERENCES accord.release_class,
    res_type     text     NOT NULL,
    fhir_id      text     NOT NULL,
    source       text     NOT NULL,
    patients     text[]   NOT NULL,
    compartments text[]   NOT NULL,
    facts        jsonb    NOT NULL,
    PRIMARY KEY (res_id, res_ver)
);
CREATE UNIQUE INDEX release_current ON accord.release (res_id)
    INCLUDE (class_id, res_type, source) WHERE is_current;
CREATE INDEX release_address ON accord.release (res_type, fhir_id) WHERE is_current;
CREATE INDEX release_patients ON accord.release USING gin (patients);
CREATE INDEX release_compartments ON accord.release USING gin (compartments) WHERE is_current;

-- A consent as the decision reads it: written with the Consent, in the same transaction.
CREATE TABLE accord.consent_policy (
    fhir_id text   PRIMARY KEY,
    version bigint NOT NULL,
    patient text   NOT NULL,
    policy  jsonb  NOT NULL
);
CREATE INDEX consent_policy_patient ON accord.consent_policy (patient);

-- What a source calls a thing, and what we call it. The unique key makes two pushes of one thing meet.
CREATE TABLE accord.source_identity (
    source   text NOT NULL,
    res_type text NOT NULL,
    key      text NOT NULL,
    fhir_id  text NOT NULL,
    PRIMARY KEY (source, res_type, key)
);

-- The audit trail. Rows are only ever added.
CREATE TABLE accord.audit_event (
    event_id     uuid        NOT NULL PRIMARY KEY,
    recorded     timestamptz NOT NULL,
    interaction  text        NOT NULL,
    res_type     text        NOT NULL,
    outcome      text        NOT NULL,
    organization text        NOT NULL,
    client_id    text        NOT NULL,
    user_ref     text,
    purposes     text[]      NOT NULL,
    token_id     text        NOT NULL,
    query        text        NOT NULL,
    patients     text[]      NOT NULL,
    resources    text[]      NOT NULL
);
CREATE INDEX audit_event_recorded ON accord.audit_event (recorded);
CREATE INDEX audit_event_patients ON accord.audit_event USING gin (patients);
CREATE FUNCTION accord.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit trail is only ever added to'; END $$;
CREATE TRIGGER audit_event_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON accord.audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_change();
