package org.accordhie.labels.jpa;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.accordhie.labels.Labels;
import org.accordhie.labels.jpa.VersionTable.Stored;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.SecurityLabel;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The labels as HAPI keeps them: definitions, and rows that tie them to resources and versions. Writing them makes no new
 * version: "the security labels can be updated without changing the stated version of the resource" (FHIR R4,
 * {@code Meta.security}). Thread-safe; works in the running transaction.
 */
public final class TagTable {

    private static final int SECURITY_LABEL = 2;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    public TagTable(JdbcTemplate template) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
    }

    /** Makes a version bear these labels instead of its own. */
    public void replace(Stored stored, Labels labels) {
        var former = stored.labels();
        for (var code :
                without(former.sensitivities().keySet(), labels.sensitivities().keySet())) {
            remove(stored, SecurityLabel.SENSITIVITY_SYSTEM, List.of(code));
        }
        for (var code :
                without(labels.sensitivities().keySet(), former.sensitivities().keySet())) {
            add(stored, SecurityLabel.SENSITIVITY_SYSTEM, code);
        }
        if (former.confidentiality() != labels.confidentiality()) {
            remove(
                    stored,
                    Confidentiality.SYSTEM,
                    List.of(Confidentiality.values()).stream()
                            .map(Confidentiality::name)
                            .toList());
            if (labels.confidentiality() != Confidentiality.N) {
                add(stored, Confidentiality.SYSTEM, labels.confidentiality().name());
            }
        }
    }

    private static Set<String> without(Set<String> codes, Set<String> others) {
        var left = new TreeSet<>(codes);
        left.removeAll(others);
        return left;
    }

    private void add(Stored stored, String system, String code) {
        var definition = definition(system, code);
        template.update(
                "INSERT INTO hfj_history_tag (pid, tag_id, res_ver_pid, res_id, res_type)"
                        + " VALUES (nextval('seq_historytag_id'), ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                definition,
                stored.pid(),
                stored.resource(),
                stored.version().type());
        template.update("UPDATE hfj_res_ver SET has_tags = true WHERE pid = ? AND NOT has_tags", stored.pid());
        if (stored.isCurrent()) {
            template.update(
                    "INSERT INTO hfj_res_tag (pid, tag_id, res_id, res_type)"
                            + " VALUES (nextval('seq_restag_id'), ?, ?, ?) ON CONFLICT DO NOTHING",
                    definition,
                    stored.resource(),
                    stored.version().type());
            template.update(
                    "UPDATE hfj_resource SET has_tags = true WHERE res_id = ? AND NOT has_tags", stored.resource());
        }
    }

    private void remove(Stored stored, String system, List<String> codes) {
        var definitions = "(SELECT tag_id FROM hfj_tag_def WHERE tag_type = " + SECURITY_LABEL
                + " AND tag_system = ? AND tag_code = ANY (?))";
        var array = codes.toArray(String[]::new);
        template.update(
                "DELETE FROM hfj_history_tag WHERE res_ver_pid = ? AND tag_id IN " + definitions,
                stored.pid(),
                system,
                array);
        if (stored.isCurrent()) {
            template.update(
                    "DELETE FROM hfj_res_tag WHERE res_id = ? AND tag_id IN " + definitions,
                    stored.resource(),
                    system,
                    array);
        }
    }

    /** A number of the sequence is HAPI's first of fifty, of which none other than the first is used here. */
    private long definition(String system, String code) {
        return jdbc.sql("SELECT min(tag_id) FROM hfj_tag_def WHERE tag_type = ? AND tag_system = ? AND tag_code = ?"
                        + " AND tag_version IS NULL AND tag_user_selected IS NOT TRUE HAVING count(*) > 0")
                .params(SECURITY_LABEL, system, code)
                .query(Long.class)
                .optional()
                .orElseGet(() -> jdbc.sql("INSERT INTO hfj_tag_def (tag_id, tag_type, tag_system, tag_code,"
                                + " tag_user_selected) VALUES (nextval('seq_tagdef_id'), ?, ?, ?, false)"
                                + " RETURNING tag_id")
                        .params(SECURITY_LABEL, system, code)
                        .query(Long.class)
                        .single());
    }
}
