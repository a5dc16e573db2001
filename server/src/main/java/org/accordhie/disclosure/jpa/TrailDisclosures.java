package org.accordhie.disclosure.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.disclosure.AccountingPeriod;
import org.accordhie.disclosure.Basis;
import org.accordhie.disclosure.Disclosure;
import org.accordhie.disclosure.Disclosure.Content;
import org.accordhie.disclosure.Disclosure.Place;
import org.accordhie.disclosure.Disclosure.Reason;
import org.accordhie.disclosure.Part2;
import org.accordhie.disclosure.Recipient;
import org.accordhie.disclosure.Recipient.Standing;
import org.accordhie.vocabulary.PurposeOfUse;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The disclosures of the audit trail: what was read, and held at least one resource about the patient. Thread-safe. */
public final class TrailDisclosures {

    /**
     * Not what was written, and not the operations that write or that explain a decision without giving the resource. An
     * operation that is not known here counts: more is told rather than less.
     */
    private static final String EVENTS = """
            SELECT event_id, recorded, organization, client_id, user_ref, purposes, patients, resources, glass_patient
            FROM accord.audit_event
            WHERE patients @> ARRAY[?::text] AND recorded >= ? AND recorded < ? AND outcome = 'SUCCESS'
              AND interaction NOT IN ('CREATE', 'UPDATE', 'PATCH', 'DELETE', 'TRANSACTION')
              AND NOT (interaction = 'OPERATION' AND split_part(query, '?', 1)
                       ~ '/[$](fileConsent|revokeConsent|explain|explain-access|residual|what-if)$')
              AND res_type <> 'AuditEvent' AND cardinality(resources) > 0
            """;

    /** Every version of everything that was ever about the patient. */
    private static final String RECORD = """
            SELECT res_type, res_type || '/' || fhir_id || '/_history/' || res_ver AS version, source,
              ARRAY(SELECT jsonb_array_elements_text(jsonb_path_query_array(facts, '$.labels.**.sensitivities[*]')))
                AS sensitivities
            FROM accord.release WHERE patients @> ARRAY[?::text]
            """;

    private final JdbcClient jdbc;

    public TrailDisclosures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Those of a period.
     *
     * @param patient as {@code Patient/[id]}
     * @param officers the clients of the exchange's own officers
     */
    public List<Disclosure> of(String patient, AccountingPeriod period, Set<String> officers) {
        var record = new HashMap<String, Version>();
        jdbc.sql(RECORD)
                .param(patient)
                .query((row, number) -> record.put(row.getString("version"), version(row)))
                .list();
        return jdbc.sql(EVENTS)
                .params(patient, Timestamp.from(period.from()), Timestamp.from(period.until()))
                .query((row, number) -> disclosure(row, patient, officers, record))
                .list();
    }

    /**
     * A version of a resource about the patient.
     *
     * @param type its resource type
     * @param source who wrote it
     * @param part2 whether something of it is labelled as substance use
     */
    private record Version(String type, String source, boolean part2) {}

    private static Version version(ResultSet row) throws SQLException {
        return new Version(
                row.getString("res_type"),
                row.getString("source"),
                strings(row, "sensitivities").stream().anyMatch(Part2::covers));
    }

    private static Disclosure disclosure(
            ResultSet row, String patient, Set<String> officers, Map<String, Version> record) throws SQLException {
        var organization = row.getString("organization");
        var purposes =
                strings(row, "purposes").stream().map(PurposeOfUse::valueOf).collect(Collectors.toSet());
        var standing = officers.contains(row.getString("client_id"))
                ? Standing.EXCHANGE
                : patient.equals(row.getString("user_ref")) ? Standing.INDIVIDUAL : Standing.ANOTHER;
        return new Disclosure(
                row.getString("event_id"),
                row.getTimestamp("recorded").toInstant(),
                new Recipient(organization, "", "", standing),
                new Reason(purposes, Basis.NOT_STATED, patient.equals(row.getString("glass_patient"))),
                Place.EXCHANGE,
                contents(strings(row, "resources"), organization, record));
    }

    /** What is about nobody or about others is not in the record, and is left out. */
    private static List<Content> contents(List<String> resources, String organization, Map<String, Version> record) {
        var counts = new HashMap<Content, Integer>();
        for (var resource : resources) {
            var version = record.get(resource);
            if (version != null) {
                var own = version.source().equals(organization);
                counts.merge(new Content(version.type(), 1, version.part2(), own), 1, Integer::sum);
            }
        }
        var contents = new ArrayList<Content>();
        counts.forEach((each, count) -> contents.add(new Content(each.kind(), count, each.part2(), each.own())));
        return contents;
    }

    private static List<String> strings(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }

    /** Whether an Organization of this id is stored now. */
    public boolean isOrganization(String id) {
        return jdbc.sql(
                        "SELECT EXISTS (SELECT 1 FROM accord.release r JOIN public.hfj_resource h ON h.res_id = r.res_id"
                                + " WHERE r.is_current AND r.res_type = 'Organization' AND r.fhir_id = ? AND h.res_deleted_at IS NULL)")
                .param(id)
                .query(Boolean.class)
                .single();
    }
}
