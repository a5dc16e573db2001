-- What a consent stands for beside what it names: codes below its codes, members of its value sets, data related to its data.
ALTER TABLE accord.consent_policy
    ADD COLUMN resolved jsonb,
    ADD COLUMN depends  text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN accord.consent_policy.resolved IS 'what decisions follow; null where that is the policy itself';
COMMENT ON COLUMN accord.consent_policy.depends IS 'resources, as [type]/[id], and terminology, on which that depends';
CREATE INDEX consent_policy_depends ON accord.consent_policy USING gin (depends);
