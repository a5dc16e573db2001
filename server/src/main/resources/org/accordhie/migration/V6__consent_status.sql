-- Every consent of every patient, in force or not: what stands in the place of what can be told only from all of them.

ALTER TABLE accord.consent_policy
    ALTER COLUMN policy DROP NOT NULL,
    ADD COLUMN status        text        NOT NULL DEFAULT 'ACTIVE',
    ADD COLUMN identifiers   text[]      NOT NULL DEFAULT '{}',
    ADD COLUMN replaces      text[]      NOT NULL DEFAULT '{}',
    ADD COLUMN stated        text        NOT NULL DEFAULT '',
    ADD COLUMN dated         timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN recorded      timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN superseded_by text;
COMMENT ON COLUMN accord.consent_policy.policy IS 'null unless the consent is active';
COMMENT ON COLUMN accord.consent_policy.stated IS 'Consent.dateTime as it was written; while it stays the same, so does dated';
COMMENT ON COLUMN accord.consent_policy.dated IS 'when it was given, no later than it was recorded; what is newer may supersede';
COMMENT ON COLUMN accord.consent_policy.recorded IS 'when the first version came';

-- What the linter found in a version, beside the patient's other consents of the time.
CREATE TABLE accord.consent_finding (
    fhir_id text    NOT NULL,
    version bigint  NOT NULL,
    place   integer NOT NULL,
    kind    text    NOT NULL,
    path    text    NOT NULL,
    said    text    NOT NULL,
    about   text    NOT NULL,
    PRIMARY KEY (fhir_id, version, place)
);

-- What happened to consents, in order: the data of the notification topic. Rows are only ever added.
CREATE TABLE accord.consent_change (
    change_id bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    fhir_id   text        NOT NULL,
    version   bigint      NOT NULL,
    patient   text        NOT NULL,
    kind      text        NOT NULL,
    changed   timestamptz NOT NULL
);
CREATE INDEX consent_change_patient ON accord.consent_change (patient);
CREATE TRIGGER consent_change_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON accord.consent_change
    FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_change();
