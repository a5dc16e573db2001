-- Numbers that grow with every change of what they name, in the transaction of the change: what was computed under another
-- number may no longer hold.
CREATE TABLE accord.epoch (
    name   text   PRIMARY KEY,
    number bigint NOT NULL
);
INSERT INTO accord.epoch (name, number) VALUES ('terminology', 0);

-- The code systems in force: one for each address.
CREATE TABLE accord.code_system (
    url      text    PRIMARY KEY,
    fhir_id  text    NOT NULL UNIQUE,
    version  text    NOT NULL,  -- empty where it has none
    complete boolean NOT NULL   -- whether a code that is not here does not exist
);
CREATE TABLE accord.code_closure (
    system     text NOT NULL REFERENCES accord.code_system ON DELETE CASCADE,
    ancestor   text NOT NULL,
    descendant text NOT NULL,
    PRIMARY KEY (system, ancestor, descendant)
);
COMMENT ON TABLE accord.code_closure IS 'Which code is at or above which, to any depth; every code is at itself.';

-- The value sets in force: one for each address, with what their members are told from.
CREATE TABLE accord.value_set (
    url        text   PRIMARY KEY,
    fhir_id    text   NOT NULL UNIQUE,
    version    text   NOT NULL,  -- empty where it has none
    definition jsonb  NOT NULL,
    systems    text[] NOT NULL,  -- code systems that its members depend on
    imports    text[] NOT NULL   -- value sets that its members depend on
);
CREATE INDEX value_set_systems ON accord.value_set USING gin (systems);
CREATE INDEX value_set_imports ON accord.value_set USING gin (imports);
CREATE TABLE accord.value_set_member (
    url    text NOT NULL REFERENCES accord.value_set ON DELETE CASCADE,
    system text NOT NULL,
    code   text NOT NULL,
    PRIMARY KEY (url, system, code)
);
