-- The released view of HAPI ${hapi-version}'s tables: the same names, holding the rows that the running transaction's
-- requester may see. A connection of the "released" pool has this schema as its whole search path, so a table that is
-- missing here does not exist for it, and before a requester is named every patient-related view is empty.
--
-- Settings, made by the enforcement point at the start of a transaction and gone at its end:
--   accord.classes            release classes that the requester is permitted: octets in hex, in which the bit of its number is set
--   accord.source             the requester's organisation, which reads what it wrote
--   accord.own_patient        the patient whose own app asks
--   accord.glass_classes      those permitted in the emergency the requester declares, in the same way
--   accord.glass_patient      the one patient that emergency is about
--   accord.types              resource types its scopes grant whoever they are about
--   accord.compartment_types  resource types its scopes grant in one patient's compartment
--   accord.compartment        that patient
--   accord.searched_types     resource types of which its scopes grant anything
--   accord.grants             what granular scopes open: a list of {t: type, c: patient or null, h: numbers of search_tokens}
--   accord.withheld           resources of which a version is kept away by the token itself
--   accord.withheld_versions  the number of that version, in the same order
-- and, made by the audit trail's own:
--   accord.trail              how far into the audit trail the requester sees: WHOLE, ABOUT or ALONE
--   accord.trail_patient      the patient whom ABOUT and ALONE mean

DROP SCHEMA IF EXISTS accord_released CASCADE;
CREATE SCHEMA accord_released;
COMMENT ON SCHEMA accord_released IS '${hapi-version}';

-- These are not in plain SQL, so that a plan calls them instead of holding their text a dozen times, which took longer to plan
-- than to answer.
CREATE FUNCTION accord_released.listed(setting text) RETURNS text[] LANGUAGE plpgsql STABLE
    AS $$ BEGIN RETURN NULLIF(NULLIF(current_setting('accord.' || setting, true), '')::text[], '{}'); END $$;
COMMENT ON FUNCTION accord_released.listed IS 'null where the setting is absent or empty: null matches no row';

CREATE FUNCTION accord_released.classes(setting text) RETURNS bytea LANGUAGE plpgsql STABLE
    AS $$ BEGIN RETURN decode(current_setting('accord.' || setting, true), 'hex'); END $$;
COMMENT ON FUNCTION accord_released.classes IS 'null or empty where the setting is: no bit is set in either';

CREATE FUNCTION accord_released.grants() RETURNS TABLE (res_type text, compartment text, hashes bigint[])
    LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN QUERY SELECT g.t, g.c, g.h
    FROM jsonb_to_recordset(NULLIF(current_setting('accord.grants', true), '')::jsonb) AS g (t text, c text, h bigint[]); END $$;

-- What law, consents and the token's own residual leave to the requester, and whether the scopes reach it.
CREATE VIEW accord_released.permitted AS
SELECT r.res_id, r.res_ver, r.is_current, r.res_type, r.fhir_id, r.compartments, r.facts,
       r.res_type = ANY ((SELECT accord_released.listed('types'))::text[])
       OR r.res_type = ANY ((SELECT accord_released.listed('compartment_types'))::text[])
          AND r.compartments @> (SELECT accord_released.listed('compartment'))
       OR EXISTS (SELECT 1 FROM accord_released.grants() g
                  WHERE g.res_type = r.res_type AND r.search_tokens @> g.hashes
                    AND (g.compartment IS NULL OR r.compartments @> ARRAY[g.compartment])) AS is_reached
FROM accord.release r
-- Looking at a bit takes as long for many classes as for few, and no array is read for it. Of a class past the last bit nothing
-- was decided.
WHERE (CASE WHEN r.class_id < 8 * octet_length((SELECT accord_released.classes('classes')))
            THEN get_bit((SELECT accord_released.classes('classes')), r.class_id) = 1 ELSE false END
       OR r.source = ANY ((SELECT accord_released.listed('source'))::text[])
       OR cardinality(r.patients) = 1 AND r.patients = (SELECT accord_released.listed('own_patient'))
          AND r.compartments = r.patients
       OR r.patients = (SELECT accord_released.listed('glass_patient'))
          AND CASE WHEN r.class_id < 8 * octet_length((SELECT accord_released.classes('glass_classes')))
                   THEN get_bit((SELECT accord_released.classes('glass_classes')), r.class_id) = 1 ELSE false END)
  AND (r.res_id, r.res_ver) NOT IN (
      SELECT * FROM unnest(accord_released.listed('withheld')::bigint[], accord_released.listed('withheld_versions')::bigint[]));

CREATE VIEW accord_released.released AS
SELECT p.res_id, p.res_ver, p.is_current, p.res_type, p.fhir_id, p.compartments FROM accord_released.permitted p
WHERE p.is_reached;

-- Beside what is released, what a search can be about without telling of it: a patient, say, to one who may search
-- observations only. Of a type that is searched itself nothing more than what is released, and of others' records nothing to
-- one who was given a patient in context.
CREATE VIEW accord_released.addressed AS
SELECT p.res_id, p.res_type, p.fhir_id FROM accord_released.permitted p
WHERE p.is_current
  AND (p.is_reached
       OR NOT p.res_type = ANY ((SELECT accord_released.listed('searched_types'))::text[])
          AND ((SELECT accord_released.listed('compartment')) IS NULL
               OR p.compartments @> (SELECT accord_released.listed('compartment'))
               OR p.compartments = '{}'));

CREATE VIEW accord_released.hfj_resource AS
SELECT t.* FROM public.hfj_resource t
WHERE EXISTS (SELECT 1 FROM accord_released.addressed a WHERE a.res_id = t.res_id);

DO $$
DECLARE
    name text;
BEGIN
    -- Index tables: rows of the current version.
    FOREACH name IN ARRAY ARRAY['hfj_spidx_coords', 'hfj_spidx_date', 'hfj_spidx_number',
        'hfj_spidx_quantity', 'hfj_spidx_quantity_nrml', 'hfj_spidx_string', 'hfj_spidx_token', 'hfj_spidx_uri',
        'hfj_res_param_present', 'hfj_idx_cmb_tok_nu', 'hfj_idx_cmp_string_uniq', 'hfj_res_tag']
    LOOP
        EXECUTE format('CREATE VIEW accord_released.%1$I AS SELECT t.* FROM public.%1$I t WHERE EXISTS (
            SELECT 1 FROM accord_released.released r WHERE r.res_id = t.res_id AND r.is_current)', name);
    END LOOP;
    -- What HAPI reads to understand a query, which holds nothing about a patient.
    FOREACH name IN ARRAY ARRAY['hfj_tag_def', 'hfj_spidx_identity', 'trm_codesystem', 'trm_codesystem_ver',
        'trm_concept', 'trm_concept_desig', 'trm_concept_pc_link', 'trm_concept_property', 'trm_valueset',
        'trm_valueset_concept', 'trm_valueset_c_designation',
        -- Where it looks for a value set that it does not know. Nothing is ever put there.
        'npm_package', 'npm_package_ver', 'npm_package_ver_res']
    LOOP
        EXECUTE format('CREATE VIEW accord_released.%1$I AS SELECT t.* FROM public.%1$I t', name);
    END LOOP;
END $$;

-- Versions are released one by one, since an old version may hold what the current one no longer does, and only of a
-- resource that is there: without the current one the others have no address.
CREATE VIEW accord_released.hfj_res_ver AS
SELECT t.* FROM public.hfj_res_ver t
WHERE EXISTS (SELECT 1 FROM accord_released.released r WHERE r.res_id = t.res_id AND r.res_ver = t.res_ver)
  AND EXISTS (SELECT 1 FROM accord_released.released c WHERE c.res_id = t.res_id AND c.is_current);

CREATE VIEW accord_released.hfj_history_tag AS
SELECT t.* FROM public.hfj_history_tag t
WHERE EXISTS (SELECT 1 FROM accord_released.hfj_res_ver v WHERE v.pid = t.res_ver_pid);

CREATE VIEW accord_released.hfj_res_ver_prov AS
SELECT t.* FROM public.hfj_res_ver_prov t
WHERE EXISTS (SELECT 1 FROM accord_released.hfj_res_ver v WHERE v.pid = t.res_ver_pid);

-- A link is there only with both its ends, of which the scopes need to reach that which says it.
CREATE VIEW accord_released.hfj_res_link AS
SELECT t.* FROM public.hfj_res_link t
WHERE EXISTS (SELECT 1 FROM accord_released.released r WHERE r.res_id = t.src_resource_id AND r.is_current)
  AND (t.target_resource_id IS NULL
       OR EXISTS (SELECT 1 FROM accord_released.addressed a WHERE a.res_id = t.target_resource_id));

-- By what is put in order where nobody says how: ids, which are chance. Storage's own numbers tell what came first, and so that
-- something was there before its reader could see it. Of no more than the rows a query has found already is it asked.
CREATE VIEW accord_released.place AS
SELECT r.res_id, r.fhir_id FROM public.hfj_resource r WHERE (SELECT accord_released.listed('source')) IS NOT NULL;

-- A version with all that telling it takes.
CREATE VIEW accord_released.stored AS
SELECT p.res_id, p.res_ver, p.is_current, p.res_type, p.fhir_id, p.facts, v.res_deleted_at, v.res_updated, v.res_text_vc,
       v.source_uri, v.request_id,
       ARRAY(SELECT t.tag_id FROM public.hfj_history_tag t WHERE t.res_ver_pid = v.pid) AS tags
FROM accord_released.permitted p
JOIN public.hfj_res_ver v ON v.res_id = p.res_id AND v.res_ver = p.res_ver
WHERE p.is_reached AND v.res_deleted_at IS NULL;

-- What every request asks, as functions, so that each connection plans it once: the plan does not depend on what is asked.
CREATE FUNCTION accord_released.stored_now(wanted_type text, wanted_id text) RETURNS SETOF accord_released.stored
    LANGUAGE plpgsql STABLE SET plan_cache_mode = 'force_generic_plan' AS $$ BEGIN RETURN QUERY
    SELECT s.* FROM accord_released.stored s WHERE s.res_type = wanted_type AND s.fhir_id = wanted_id AND s.is_current; END $$;

-- The consents that a decision looks at.
CREATE VIEW accord_released.consent_in_force AS
SELECT c.patient, COALESCE(c.resolved, c.policy) AS policy FROM accord.consent_policy c
WHERE c.policy IS NOT NULL AND c.superseded_by IS NULL;

-- What can be referred to.
CREATE VIEW accord_released.referable AS
SELECT a.res_type, a.fhir_id FROM accord_released.addressed a
JOIN public.hfj_resource h ON h.res_id = a.res_id AND h.res_deleted_at IS NULL;

-- A read by id with all that deciding and telling it takes, in one question: the row; the consents in force of the patients it names,
-- as pairs of patient and policy; and which of the resources it refers to can be referred to.
CREATE FUNCTION accord_released.read_now(wanted_type text, wanted_id text)
    RETURNS TABLE (res_id bigint, res_ver bigint, is_current boolean, res_type text, fhir_id text, facts jsonb,
                   res_deleted_at timestamp, res_updated timestamp, res_text_vc text, source_uri text, request_id text, tags bigint[],
                   consents jsonb, there text[])
    LANGUAGE plpgsql STABLE SET plan_cache_mode = 'force_generic_plan' AS $$ BEGIN RETURN QUERY
    SELECT s.res_id, s.res_ver, s.is_current, s.res_type::text, s.fhir_id::text, s.facts, s.res_deleted_at, s.res_updated,
           s.res_text_vc::text, s.source_uri::text, s.request_id::text, s.tags,
           (SELECT COALESCE(jsonb_agg(jsonb_build_array(c.patient, c.policy)), '[]')
            FROM accord_released.consent_in_force c
            WHERE c.patient IN (SELECT jsonb_array_elements_text(s.facts -> 'patients'))),
           (SELECT COALESCE(array_agg(DISTINCT a.res_type || '/' || a.fhir_id), '{}')
            FROM (SELECT jsonb_array_elements_text(s.facts -> 'references') AS address
                  UNION SELECT jsonb_path_query(s.facts, '$.labels.inline[*].references[*]') #>> '{}') AS said
            JOIN accord_released.referable a
              ON a.res_type = split_part(said.address, '/', 1) AND a.fhir_id = split_part(said.address, '/', 2)
            WHERE said.address NOT LIKE 'Patient/%')
    FROM accord_released.stored s WHERE s.res_type = wanted_type AND s.fhir_id = wanted_id AND s.is_current; END $$;

-- The same of all that a search has found: what decides about all of them stands in the first row.
CREATE FUNCTION accord_released.read_of(wanted bigint[])
    RETURNS TABLE (res_id bigint, res_ver bigint, is_current boolean, res_type text, fhir_id text, facts jsonb,
                   res_deleted_at timestamp, res_updated timestamp, res_text_vc text, source_uri text, request_id text, tags bigint[],
                   consents text, there text[])
    LANGUAGE plpgsql STABLE SET plan_cache_mode = 'force_generic_plan' AS $$ BEGIN RETURN QUERY
    WITH told AS MATERIALIZED (
      SELECT s.*, row_number() OVER (ORDER BY s.res_id) = 1 AS is_first
      FROM accord_released.stored s WHERE s.res_id = ANY (wanted) AND s.is_current),
    said AS (
      SELECT jsonb_array_elements_text(t.facts -> 'references') AS address FROM told t
      UNION SELECT jsonb_path_query(t.facts, '$.labels.inline[*].references[*]') #>> '{}' FROM told t)
    SELECT t.res_id, t.res_ver, t.is_current, t.res_type::text, t.fhir_id::text, t.facts, t.res_deleted_at, t.res_updated,
           t.res_text_vc::text, t.source_uri::text, t.request_id::text, t.tags,
           CASE WHEN t.is_first THEN (
             SELECT '[' || COALESCE(string_agg('[' || to_json(c.patient) || ',' || c.policy || ']', ','), '') || ']'
             FROM accord_released.consents_of(ARRAY(
               SELECT DISTINCT jsonb_array_elements_text(p.facts -> 'patients') FROM told p)) c) END,
           CASE WHEN t.is_first THEN ARRAY(
             SELECT accord_released.there(
               ARRAY(SELECT split_part(a.address, '/', 1) FROM said a WHERE a.address NOT LIKE 'Patient/%' ORDER BY a.address),
               ARRAY(SELECT split_part(a.address, '/', 2) FROM said a WHERE a.address NOT LIKE 'Patient/%' ORDER BY a.address)))
           END
    FROM told t ORDER BY t.res_id; END $$;

-- Which version of storage's a reader means by a number: versions are counted as the reader sees them, so that those that are
-- hidden leave no gap. An old version has an address as long as the current one has one.
CREATE FUNCTION accord_released.version_at(wanted_type text, wanted_id text, wanted_number bigint) RETURNS bigint
    LANGUAGE plpgsql STABLE SET plan_cache_mode = 'force_generic_plan' AS $$ BEGIN RETURN (
    SELECT v.res_ver FROM accord_released.released v WHERE v.res_id = (
        SELECT r.res_id FROM accord_released.released r
        WHERE r.res_type = wanted_type AND r.fhir_id = wanted_id AND r.is_current)
    ORDER BY v.res_ver OFFSET wanted_number - 1 LIMIT 1); END $$;

-- And which numbers readers are told for versions of storage's.
CREATE FUNCTION accord_released.version_numbers(types text[], ids text[], versions bigint[])
    RETURNS TABLE (place bigint, number bigint)
    LANGUAGE plpgsql STABLE SET plan_cache_mode = 'force_generic_plan' AS $$ BEGIN RETURN QUERY
    SELECT told.place, (SELECT count(*) FROM accord_released.released v
                        WHERE v.res_id = c.res_id AND v.res_ver <= told.version)
    FROM unnest(types, ids, versions) WITH ORDINALITY AS told (res_type, fhir_id, version, place)
    JOIN accord.release c ON c.res_type = told.res_type AND c.fhir_id = told.fhir_id AND c.is_current; END $$;

CREATE FUNCTION accord_released.stored_then(wanted_type text, wanted_id text, wanted_number bigint)
    RETURNS SETOF accord_released.stored
    LANGUAGE plpgsql STABLE SET plan_cache_mode = 'force_generic_plan' AS $$ BEGIN RETURN QUERY
    SELECT s.* FROM accord_released.stored s
    WHERE s.res_ver = (SELECT accord_released.version_at(wanted_type, wanted_id, wanted_number)) AND s.res_id = (
        SELECT r.res_id FROM accord_released.released r
        WHERE r.res_type = wanted_type AND r.fhir_id = wanted_id AND r.is_current); END $$;

CREATE FUNCTION accord_released.stored_of(wanted bigint[]) RETURNS SETOF accord_released.stored
    LANGUAGE plpgsql STABLE SET plan_cache_mode = 'force_generic_plan' AS $$ BEGIN RETURN QUERY
    SELECT s.* FROM accord_released.stored s WHERE s.res_id = ANY (wanted) AND s.is_current; END $$;

-- A page of Patient/$everything, with the total of all pages: what is in the patient's compartment, and what that refers to of
-- those who took part and where. No types and no times mean all. Care is compared to the second, as the text that the facts have
-- it in, since PostgreSQL does not know every year that FHIR does; what says no time is care of any.
CREATE FUNCTION accord_released.everything_of(
    patient text, types text[], since timestamp, care_from text, care_until text, page_size bigint, page_start bigint)
    RETURNS TABLE (number bigint, total bigint)
    LANGUAGE plpgsql STABLE SET plan_cache_mode = 'force_generic_plan' AS $$ BEGIN RETURN QUERY
    WITH record AS MATERIALIZED (
      SELECT r.res_id, r.res_type FROM accord_released.permitted r
      WHERE r.is_reached AND r.is_current AND r.compartments @> ARRAY[patient]
        AND (care_from IS NULL OR COALESCE(left(r.facts #>> '{dates,until}', 19) COLLATE "C" >= left(care_from, 19), true))
        AND (care_until IS NULL OR COALESCE(left(r.facts #>> '{dates,from}', 19) COLLATE "C" <= left(care_until, 19), true))),
    everything AS (
      SELECT record.res_id, record.res_type, CASE record.res_type WHEN 'Patient' THEN 0 ELSE 1 END AS part FROM record
      UNION ALL
      SELECT DISTINCT t.res_id, t.res_type, 2
      FROM record JOIN accord_released.hfj_res_link l ON l.src_resource_id = record.res_id
      JOIN accord_released.released t ON t.res_id = l.target_resource_id AND t.is_current
      WHERE t.res_type IN ('Device', 'Location', 'Medication', 'Organization', 'Practitioner', 'PractitionerRole')
        AND t.res_id NOT IN (SELECT record.res_id FROM record))
    SELECT e.res_id, count(*) OVER ()
    FROM everything e JOIN public.hfj_resource h ON h.res_id = e.res_id AND h.res_deleted_at IS NULL
    WHERE (types IS NULL OR e.res_type = ANY (types)) AND (since IS NULL OR h.res_updated >= since)
    ORDER BY e.part, h.fhir_id, e.res_id LIMIT page_size OFFSET page_start; END $$;

-- A page of a history, newest first, with the total of all pages: of a resource, of a type, or of everything, where neither is
-- named. A version was current until the next that is released. What is not asked for is left out of the plan, which is made anew.
CREATE FUNCTION accord_released.history_of(
    wanted_type text, wanted_id text, since timestamp, at_from timestamp, at_until timestamp, page_size bigint,
    page_start bigint)
    RETURNS TABLE (number bigint, id text, total bigint)
    LANGUAGE plpgsql STABLE SET plan_cache_mode = 'force_custom_plan' AS $$ BEGIN RETURN QUERY
    WITH resource AS (
      SELECT r.res_id FROM accord_released.released r
      WHERE r.is_current AND (wanted_type IS NULL OR r.res_type = wanted_type)
        AND (wanted_id IS NULL OR r.fhir_id = wanted_id)),
    version AS (
      SELECT v.pid, v.res_id, v.res_ver, v.res_updated, r.fhir_id,
             lead(v.res_updated) OVER (PARTITION BY v.res_id ORDER BY v.res_ver) AS ended
      FROM resource JOIN accord_released.released r ON r.res_id = resource.res_id
      JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver)
    SELECT o.pid, o.fhir_id, count(*) OVER () FROM version o
    WHERE (since IS NULL OR o.res_updated >= since)
      AND (at_from IS NULL OR o.ended IS NULL OR o.ended > at_from) AND (at_until IS NULL OR o.res_updated <= at_until)
    ORDER BY o.res_updated DESC, o.fhir_id, o.res_id, o.res_ver DESC LIMIT page_size OFFSET page_start; END $$;

-- Which of these can be referred to.
CREATE FUNCTION accord_released.there(types text[], ids text[]) RETURNS SETOF text
    LANGUAGE plpgsql STABLE SET plan_cache_mode = 'force_generic_plan' AS $$ BEGIN RETURN QUERY
    SELECT a.res_type || '/' || a.fhir_id
    FROM unnest(types, ids) AS asked (res_type, fhir_id)
    JOIN accord_released.referable a ON a.res_type = asked.res_type AND a.fhir_id = asked.fhir_id; END $$;

-- Which of these a push may refer to: those that are released themselves, not what a search can be about without telling of it.
CREATE FUNCTION accord_released.targets_of(types text[], ids text[]) RETURNS SETOF text
    LANGUAGE plpgsql STABLE SET plan_cache_mode = 'force_generic_plan' AS $$ BEGIN RETURN QUERY
    SELECT r.res_type || '/' || r.fhir_id
    FROM unnest(types, ids) AS asked (res_type, fhir_id)
    JOIN accord_released.released r ON r.res_type = asked.res_type AND r.fhir_id = asked.fhir_id AND r.is_current
    JOIN public.hfj_resource h ON h.res_id = r.res_id AND h.res_deleted_at IS NULL; END $$;

-- The consents in force of these patients, as the decision reads them.
CREATE FUNCTION accord_released.consents_of(patients text[]) RETURNS TABLE (patient text, policy text)
    LANGUAGE plpgsql STABLE SET plan_cache_mode = 'force_generic_plan' AS $$ BEGIN RETURN QUERY
    SELECT c.patient, c.policy::text FROM accord_released.consent_in_force c WHERE c.patient = ANY (patients); END $$;

-- The audit trail, which no consent is about: its rule is TrailReach.
-- Every column, in all its partitions.
CREATE VIEW accord_released.audit_event AS
SELECT e.* FROM accord.audit_event e
-- Apart from the rows, so that it is known without looking at any.
WHERE (SELECT current_setting('accord.trail', true)) IN ('WHOLE', 'ABOUT', 'ALONE')
  AND CASE (SELECT current_setting('accord.trail', true))
        WHEN 'WHOLE' THEN true
        WHEN 'ABOUT' THEN e.patients @> ARRAY[(SELECT current_setting('accord.trail_patient', true))]
        ELSE e.patients = ARRAY[(SELECT current_setting('accord.trail_patient', true))]
      END;
