-- Why a label is on a version of a resource: a row for each label that the rules put there. A label without one is its
-- source's. HAPI's tags have no room for it.
CREATE TABLE accord.label_basis (
    res_type      text   NOT NULL,
    fhir_id       text   NOT NULL,
    res_ver       bigint NOT NULL,
    label_code    text   NOT NULL,  -- of v3-ActCode or v3-Confidentiality, which have no code in common among labels
    basis_system  text   NOT NULL,
    basis_version text   NOT NULL,
    basis_code    text   NOT NULL,
    PRIMARY KEY (res_type, fhir_id, res_ver, label_code)
);

-- Each time that stored records were labelled anew. The highest number is the label epoch.
CREATE TABLE accord.label_epoch (
    epoch    bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rules    text        NOT NULL,
    started  timestamptz NOT NULL DEFAULT now(),
    finished timestamptz,
    unit     text        NOT NULL DEFAULT '',  -- the last unit that is done, in order
    versions bigint      NOT NULL DEFAULT 0,
    changed  bigint      NOT NULL DEFAULT 0
);
