package org.accordhie.consent.jpa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.accordhie.consent.ConsentPolicy;
import org.accordhie.consent.ReleaseRule;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ResourceFacts;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The release class of every version of every resource: what the released views join with. Written in the transaction that
 * writes the resource or changes a consent. Thread-safe.
 */
public final class ReleaseIndex {

    private static final String INSERT = """
            INSERT INTO accord.release
              (res_id, res_ver, is_current, class_id, res_type, fhir_id, source, patients, compartments, facts,
               search_tokens)
            SELECT r.res_id, ?, true, ?, ?, ?, ?, ?::text[], ?::text[], ?::jsonb, ?::bigint[]
            FROM public.hfj_resource r WHERE r.res_type = ? AND r.fhir_id = ?
            ON CONFLICT (res_id, res_ver) DO UPDATE SET is_current = true, class_id = EXCLUDED.class_id,
              patients = EXCLUDED.patients, compartments = EXCLUDED.compartments, facts = EXCLUDED.facts,
              search_tokens = EXCLUDED.search_tokens
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final ReleaseClasses classes;
    private final ConsentRegistry consents;

    public ReleaseIndex(JdbcTemplate template, ReleaseClasses classes, ConsentRegistry consents) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
        this.classes = classes;
        this.consents = consents;
    }

    /**
     * Classifies new versions, which become the current ones; their rows in HAPI's tables must have been flushed.
     *
     * @param tokens of each, the numbers of the codes by which granular scopes choose
     */
    public void add(List<ResourceFacts> written, List<Long[]> tokens) {
        if (written.isEmpty()) {
            return;
        }
        var patients = written.stream()
                .flatMap(facts -> facts.patients().stream())
                .collect(Collectors.toCollection(HashSet::new));
        lock(patients, "pg_advisory_xact_lock_shared");
        var inForce = consents.of(patients);
        template.batchUpdate(
                "UPDATE accord.release SET is_current = false WHERE res_type = ? AND fhir_id = ? AND is_current",
                written.stream()
                        .filter(facts -> facts.version() > 1)
                        .map(facts -> new Object[] {facts.type(), facts.id()})
                        .toList());
        var rows = new ArrayList<Object[]>();
        for (int index = 0; index < written.size(); index++) {
            rows.add(row(written.get(index), tokens.get(index), inForce));
        }
        template.batchUpdate(INSERT, rows);
    }

    private Object[] row(ResourceFacts facts, Long[] tokens, Map<String, List<ConsentPolicy>> inForce) {
        var number = classes.numberOf(ReleaseRule.bind(facts, inForce));
        return new Object[] {
            facts.version(),
            number,
            facts.type(),
            facts.id(),
            facts.source(),
            array(facts.patients()),
            array(facts.compartments()),
            RuleJson.write(facts),
            Arrays.toString(tokens).replace('[', '{').replace(']', '}'),
            facts.type(),
            facts.id()
        };
    }

    /** PostgreSQL's text form of an array, every element quoted. */
    private static String array(Collection<String> references) {
        return references.stream()
                .map(reference -> '"' + reference.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    /**
     * Makes a push and a change of consent about one patient wait for each other: without, rows pushed meanwhile would keep
     * the class of the former consent.
     */
    private void lock(Set<String> patients, String function) {
        for (var patient : new TreeSet<>(patients)) {
            jdbc.sql("SELECT " + function + "(hashtextextended(?, 0))")
                    .param(patient)
                    .query((row, number) -> true)
                    .list();
        }
    }

    /**
     * Keeps pushes about these patients waiting until the running transaction has ended. To be asked for before anything of
     * theirs is classified, so that two changes about one patient do not wait for each other.
     */
    public void holdPushes(Set<String> patients) {
        lock(patients, "pg_advisory_xact_lock");
    }

    /** Records a deletion: the new version is released to those who could see the one before. */
    public void addDeletion(String type, String id, long version) {
        jdbc.sql("""
                        WITH former AS (
                          UPDATE accord.release SET is_current = false
                          WHERE res_type = ? AND fhir_id = ? AND is_current AND res_ver < ? RETURNING *)
                        INSERT INTO accord.release
                          (res_id, res_ver, is_current, class_id, res_type, fhir_id, source, patients, compartments,
                           facts, search_tokens)
                        SELECT res_id, ?, true, class_id, res_type, fhir_id, source, patients, compartments, facts,
                          search_tokens
                        FROM former
                        """).params(type, id, version, version).update();
    }

    /** Classifies again all that names a patient, after a consent of theirs changed; returns how many versions moved. */
    public int reclassify(String patient) {
        lock(Set.of(patient), "pg_advisory_xact_lock");
        var rows = jdbc.sql("SELECT res_id, res_ver, class_id, facts::text AS facts FROM accord.release"
                        + " WHERE patients @> ARRAY[?::text] FOR UPDATE")
                .param(patient)
                .query((row, number) -> new Classified(
                        row.getLong("res_id"),
                        row.getLong("res_ver"),
                        row.getInt("class_id"),
                        FactsJson.read(row.getString("facts"))))
                .list();
        return move(rows);
    }

    /** Gives stored versions other labels and classifies them again, in the running transaction. */
    public void relabel(List<NewLabels> relabelled) {
        template.batchUpdate(
                "UPDATE accord.release SET facts = jsonb_set(facts, '{labels}', facts -> 'labels' || jsonb_build_object("
                        + "'sensitivities', ?::jsonb, 'confidentiality', ?::text)) WHERE res_id = ? AND res_ver = ?",
                relabelled.stream()
                        .map(each -> new Object[] {
                            RuleJson.write(new TreeSet<>(each.sensitivities())),
                            each.confidentiality().name(),
                            each.id(),
                            each.version()
                        })
                        .toList());
        var rows = jdbc.sql("SELECT res_id, res_ver, class_id, facts::text AS facts"
                        + " FROM unnest(?::bigint[], ?::bigint[]) AS asked (res_id, res_ver)"
                        + " JOIN accord.release USING (res_id, res_ver)")
                .params(
                        relabelled.stream().map(NewLabels::id).toArray(Long[]::new),
                        relabelled.stream().map(NewLabels::version).toArray(Long[]::new))
                .query((row, number) -> new Classified(
                        row.getLong("res_id"),
                        row.getLong("res_ver"),
                        row.getInt("class_id"),
                        FactsJson.read(row.getString("facts"))))
                .list();
        holdPushes(patientsOf(rows));
        move(rows);
    }

    private static Set<String> patientsOf(List<Classified> rows) {
        return rows.stream().flatMap(row -> row.facts().patients().stream()).collect(Collectors.toSet());
    }

    private int move(List<Classified> rows) {
        var inForce = consents.of(patientsOf(rows));
        var moved = new ArrayList<Object[]>();
        for (var row : rows) {
            var number = classes.numberOf(ReleaseRule.bind(row.facts(), inForce));
            if (number != row.number()) {
                moved.add(new Object[] {number, row.id(), row.version()});
            }
        }
        template.batchUpdate("UPDATE accord.release SET class_id = ? WHERE res_id = ? AND res_ver = ?", moved);
        return moved.size();
    }

    /**
     * What a stored version is labelled with from now on.
     *
     * @param id the storage's own number of the resource
     * @param version counted from 1
     * @param sensitivities codes of v3-ActCode
     * @param confidentiality the most protective level
     */
    public record NewLabels(long id, long version, Set<String> sensitivities, Confidentiality confidentiality) {}

    private record Classified(long id, long version, int number, ResourceFacts facts) {}
}
