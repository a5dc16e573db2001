-- Bulk exports: what was asked for by whom, how far it is, and which resources each file lists. No content of any resource is here:
-- a file is read again, for whoever fetches it, when it is fetched.

CREATE TABLE accord.export_job (
    job_id           uuid        PRIMARY KEY,
    client_id        text        NOT NULL,
    organization     text        NOT NULL,
    given            jsonb       NOT NULL,  -- the grant of the requester, under which resources are listed
    request          text        NOT NULL,
    level            text        NOT NULL CHECK (level IN ('SYSTEM', 'PATIENT', 'GROUP')),
    members          text[]      NOT NULL,  -- of the Group, as Patient/[id], as far as the requester may know them
    since            timestamptz,
    transaction_time timestamptz NOT NULL,
    kicked_off       timestamptz NOT NULL DEFAULT now(),
    state            text        NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'FAILED', 'DELETED')),
    started          timestamptz NOT NULL DEFAULT '-infinity',
    instance_id      text        -- HAPI's job instance that works on it
);
CREATE INDEX export_job_client ON accord.export_job (client_id);

CREATE TABLE accord.export_part (
    job_id   uuid        NOT NULL REFERENCES accord.export_job ON DELETE CASCADE,
    res_type text        NOT NULL,
    after_id bigint      NOT NULL DEFAULT 0,  -- everything up to this number is listed
    files    integer     NOT NULL DEFAULT 0,
    done     boolean     NOT NULL DEFAULT false,
    attempts integer     NOT NULL DEFAULT 0,  -- since it last moved
    worked   timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (job_id, res_type)
);
COMMENT ON TABLE accord.export_part IS 'Moves on with each file, in one transaction: what was listed is listed once, whoever is killed.';

CREATE TABLE accord.export_file (
    job_id   uuid     NOT NULL,
    res_type text     NOT NULL,
    number   integer  NOT NULL,
    res_ids  bigint[] NOT NULL,
    PRIMARY KEY (job_id, res_type, number),
    FOREIGN KEY (job_id, res_type) REFERENCES accord.export_part ON DELETE CASCADE
);
