-- A bulk export can list events of the audit trail too, which have no number in storage.

ALTER TABLE accord.export_part
    ADD COLUMN after_recorded timestamptz NOT NULL DEFAULT 'epoch',  -- every event up to this one is listed
    ADD COLUMN after_event    uuid        NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';

ALTER TABLE accord.export_file
    ALTER COLUMN res_ids SET DEFAULT '{}',
    ADD COLUMN event_ids uuid[] NOT NULL DEFAULT '{}';
