-- The rules of law and organisation in force, written with their Consents, in the same transaction.

INSERT INTO accord.epoch (name, number) VALUES ('policy', 0);

CREATE TABLE accord.release_policy (
    fhir_id text   PRIMARY KEY,
    version bigint NOT NULL,
    kind    text   NOT NULL CHECK (kind IN ('NEVER', 'ALWAYS', 'REQUIRES_CONSENT', 'DEFAULT')),
    title   text   NOT NULL,
    rule    jsonb  NOT NULL
);
