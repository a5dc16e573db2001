package org.accordhie.consent.jpa;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.accordhie.consent.ConsentPolicy;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The active consents of each patient, as the decision reads them (PCF: Consent Registry). Thread-safe. */
public final class ConsentRegistry {

    private final JdbcClient jdbc;

    public ConsentRegistry(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Puts a consent's newest version in force, in the running transaction. */
    public void put(String id, long version, String patient, ConsentPolicy policy) {
        jdbc.sql("INSERT INTO accord.consent_policy (fhir_id, version, patient, policy) VALUES (?, ?, ?, ?::jsonb)"
                        + " ON CONFLICT (fhir_id) DO UPDATE SET version = EXCLUDED.version,"
                        + " patient = EXCLUDED.patient, policy = EXCLUDED.policy")
                .params(id, version, patient, RuleJson.write(policy))
                .update();
    }

    /** Takes a consent out of force, in the running transaction. */
    public void remove(String id) {
        jdbc.sql("DELETE FROM accord.consent_policy WHERE fhir_id = ?")
                .param(id)
                .update();
    }

    /** The patient whose consent this was; empty list where it was not in force. */
    public List<String> patientsOf(String id) {
        return jdbc.sql("SELECT patient FROM accord.consent_policy WHERE fhir_id = ?")
                .param(id)
                .query(String.class)
                .list();
    }

    /** The consents in force, by {@code Patient/[id]}, as the running transaction sees them. */
    public Map<String, List<ConsentPolicy>> of(Collection<String> patients) {
        var consents = new HashMap<String, List<ConsentPolicy>>();
        if (patients.isEmpty()) {
            return consents;
        }
        jdbc.sql("SELECT patient, policy::text AS policy FROM accord.consent_policy WHERE patient = ANY (?)")
                .param(patients.toArray(String[]::new))
                .query((row, number) -> consents.computeIfAbsent(
                                row.getString("patient"), patient -> new java.util.ArrayList<>())
                        .add(RuleJson.read(row.getString("policy"), ConsentPolicy.class)))
                .list();
        return consents;
    }
}
