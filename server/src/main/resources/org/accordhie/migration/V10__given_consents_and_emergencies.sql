ALTER TABLE accord.consent_policy ADD COLUMN given boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN accord.consent_policy.given IS
    'whether it was ever in force, and not since found to be in error: only then does it stand in the place of another';

ALTER TABLE accord.audit_event
    ADD COLUMN glass_patient text,
    ADD COLUMN glass_reason  text;
COMMENT ON COLUMN accord.audit_event.glass_reason IS 'why the requester declared an emergency of that patient, in its own words';
