package org.accordhie.consent.jpa;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.accordhie.consent.ConsentPolicy;
import org.accordhie.consent.Resolution;
import org.accordhie.terminology.Terminology;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps beside each consent what it stands for, in the transaction that writes the consent or what it depends on, so that a
 * decision looks nothing up. Thread-safe.
 */
public final class ResolvedConsents {

    private final JdbcClient jdbc;
    private final Resolution resolution;

    public ResolvedConsents(JdbcClient jdbc, Terminology terminology) {
        this.jdbc = jdbc;
        this.resolution = new Resolution(terminology::covered, terminology::members, this::referencesOf);
    }

    /** What consents stand for, as the running transaction sees it. */
    public Resolution resolution() {
        return resolution;
    }

    /** Resolves a consent of the registry, in the running transaction. */
    public void refresh(String id) {
        jdbc.sql("SELECT policy::text FROM accord.consent_policy WHERE fhir_id = ? AND policy IS NOT NULL")
                .param(id)
                .query(String.class)
                .optional()
                .map(json -> RuleJson.read(json, ConsentPolicy.class))
                .ifPresent(stated -> keep(id, stated));
    }

    private void keep(String id, ConsentPolicy stated) {
        var depends = Resolution.dependencies(stated);
        if (depends.contains(Resolution.TERMINOLOGY)) {
            // Waits for a change of terminology under way, and makes the next one wait for this consent.
            jdbc.sql("SELECT number FROM accord.epoch WHERE name = 'terminology' FOR SHARE")
                    .query(Long.class)
                    .list();
        }
        jdbc.sql("UPDATE accord.consent_policy SET resolved = ?::jsonb, depends = ? WHERE fhir_id = ?")
                .params(
                        depends.isEmpty() ? null : RuleJson.write(resolution.resolve(stated)),
                        depends.toArray(String[]::new),
                        id)
                .update();
    }

    /**
     * The consents that stand for something else once these have changed.
     *
     * @param changed resources as {@code [type]/[id]}, and {@link Resolution#TERMINOLOGY}
     */
    public List<Dependent> dependingOn(Collection<String> changed) {
        return jdbc.sql("SELECT fhir_id, patient FROM accord.consent_policy WHERE depends && ?::text[]")
                .param(changed.toArray(String[]::new))
                .query((row, number) -> new Dependent(row.getString("fhir_id"), row.getString("patient")))
                .list();
    }

    private Set<String> referencesOf(String address) {
        var slash = address.indexOf('/');
        return new HashSet<>(jdbc.sql("SELECT jsonb_array_elements_text(facts -> 'references') FROM accord.release"
                        + " WHERE res_type = ? AND fhir_id = ? AND is_current")
                .params(address.substring(0, slash), address.substring(slash + 1))
                .query(String.class)
                .list());
    }

    /**
     * A consent that depends on something.
     *
     * @param id its id
     * @param patient whose it is, as {@code Patient/[id]}
     */
    public record Dependent(String id, String patient) {}
}
