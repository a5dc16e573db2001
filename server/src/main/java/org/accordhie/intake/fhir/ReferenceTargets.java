package org.accordhie.intake.fhir;

import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamToken;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.accordhie.fhirserver.StorageView;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds what references outside a bundle point to, in the view of the running transaction: one query for all identifiers,
 * one for all addresses.
 */
public final class ReferenceTargets {

    /** Stands for the address where more than one resource matches. */
    static final String AMBIGUOUS = "";

    private static final Pattern MATCH = Pattern.compile("([A-Z][A-Za-z]+)\\?identifier=([^|&]*)\\|([^&|]+)");
    private static final Pattern ADDRESS = Pattern.compile("([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})");

    private static final String STORED =
            "SELECT r.res_type || '/' || r.fhir_id FROM unnest(?::text[], ?::text[]) AS asked (res_type, fhir_id)"
                    + " JOIN hfj_resource r ON r.res_type = asked.res_type AND r.fhir_id = asked.fhir_id"
                    + " AND r.res_deleted_at IS NULL";

    /** The same of what is released, as a function, so that each connection plans it once. */
    private static final String RELEASED = "SELECT accord_released.targets_of(?, ?)";

    private final JdbcClient jdbc;
    private final PartitionSettings partitions;

    public ReferenceTargets(JdbcClient jdbc, PartitionSettings partitions) {
        this.jdbc = jdbc;
        this.partitions = partitions;
    }

    /** Whether the reference has one of the two forms that can be resolved: an address, or an identifier to match. */
    static boolean isResolvable(String reference) {
        return MATCH.matcher(reference).matches() || ADDRESS.matcher(reference).matches();
    }

    /** The addresses, as {@code [type]/[id]}, of the references that have a target; {@link #AMBIGUOUS} for several. */
    public Map<String, String> resolve(Collection<String> references) {
        var resolved = new HashMap<String, String>();
        resolved.putAll(byIdentifier(references));
        resolved.putAll(byAddress(references));
        return resolved;
    }

    /** Those that have to be searched for, by the type that they name. */
    public static Map<String, List<String>> searched(Collection<String> references) {
        return references.stream()
                .filter(reference -> MATCH.matcher(reference).matches())
                .collect(Collectors.groupingBy(reference -> reference.substring(0, reference.indexOf('?'))));
    }

    /** Those that name an identifier. */
    public Map<String, String> byIdentifier(Collection<String> references) {
        var resolved = new HashMap<String, String>();
        matching(references)
                .forEach((reference, found) -> resolved.put(
                        reference, found.size() == 1 ? found.iterator().next() : AMBIGUOUS));
        return resolved;
    }

    /** All that have the identifiers of references that name one; none where there are none. */
    public Map<String, Set<String>> matching(Collection<String> references) {
        var hashes = new HashMap<Long, String>();
        for (var reference : references) {
            var match = MATCH.matcher(reference);
            if (match.matches()) {
                hashes.put(hash(match.group(1), match.group(2), match.group(3)), reference);
            }
        }
        var targets = new HashMap<String, Set<String>>();
        jdbc.sql("SELECT t.hash_sys_and_value, r.res_type || '/' || r.fhir_id FROM hfj_spidx_token t"
                        + " JOIN hfj_resource r ON r.res_id = t.res_id AND r.res_deleted_at IS NULL"
                        + " WHERE t.hash_sys_and_value = ANY (?)")
                .param(hashes.keySet().toArray(Long[]::new))
                .query((row, number) -> targets.computeIfAbsent(
                                String.valueOf(hashes.get(row.getLong(1))), reference -> new HashSet<>())
                        .add(row.getString(2)))
                .list();
        return targets;
    }

    private long hash(String type, String system, String value) {
        return ResourceIndexedSearchParamToken.calculateHashSystemAndValue(
                partitions, RequestPartitionId.allPartitions(), type, "identifier", system, value);
    }

    /** Those that name an address. */
    public Map<String, String> byAddress(Collection<String> references) {
        var types = new java.util.ArrayList<String>();
        var ids = new java.util.ArrayList<String>();
        for (var reference : references) {
            var match = ADDRESS.matcher(reference);
            if (match.matches()) {
                types.add(match.group(1));
                ids.add(match.group(2));
            }
        }
        var resolved = new HashMap<String, String>();
        jdbc.sql(StorageView.current() == StorageView.RELEASED ? RELEASED : STORED)
                .params(types.toArray(String[]::new), ids.toArray(String[]::new))
                .query((row, number) -> resolved.put(row.getString(1), row.getString(1)))
                .list();
        return resolved;
    }
}
