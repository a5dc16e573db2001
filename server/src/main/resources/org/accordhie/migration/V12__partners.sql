-- The partner registry: the Organizations that privacy officers have written, in the same transaction.

INSERT INTO accord.epoch (name, number) VALUES ('partner', 0);

CREATE TABLE accord.partner (
    fhir_id text    PRIMARY KEY,
    active  boolean NOT NULL,
    part_of text  -- as Organization/[id]
);
COMMENT ON TABLE accord.partner IS 'Who is above whom is believed of these alone; those without a client are entries of the directory.';

CREATE TABLE accord.partner_client (
    client_id    text    PRIMARY KEY,
    organization text    NOT NULL REFERENCES accord.partner ON DELETE CASCADE,
    scopes       text[]  NOT NULL,  -- the widest it may use
    purposes     text[]  NOT NULL,
    roles        text[]  NOT NULL,
    suspended    boolean NOT NULL
);
CREATE INDEX partner_client_organization ON accord.partner_client (organization);
