package org.accordhie.consent.web;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.accordhie.fhirserver.StoredVersion;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Numbers versions as their reader counts them: those in the running transaction's view, from one. One that is hidden leaves no
 * gap. One query for a whole answer, and none where every resource in it has one version. Thread-safe.
 */
final class VersionNumbers {

    private static final String NUMBERS = "SELECT place, number FROM accord_released.version_numbers(?, ?, ?)";

    private final JdbcClient jdbc;

    VersionNumbers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The numbers of the versions that are told with another than storage's, by identity. */
    Map<Resource, Long> among(List<Resource> told) {
        // Before the first version there is none that could be hidden.
        var later = told.stream().filter(each -> StoredVersion.of(each) > 1).toList();
        var others = new IdentityHashMap<Resource, Long>();
        if (later.isEmpty()) {
            return others;
        }
        var numbers = numbers(later);
        for (int place = 0; place < later.size(); place++) {
            var number = numbers.getOrDefault((long) place + 1, 0L);
            if (number < 1) {
                throw new IllegalStateException("a version is told that is in no view");
            }
            if (number != StoredVersion.of(later.get(place))) {
                others.put(later.get(place), number);
            }
        }
        return others;
    }

    private Map<Long, Long> numbers(List<Resource> told) {
        var numbers = new HashMap<Long, Long>();
        jdbc.sql(NUMBERS)
                .params(
                        told.stream().map(Resource::fhirType).toArray(String[]::new),
                        told.stream()
                                .map(each -> each.getIdElement().getIdPart())
                                .toArray(String[]::new),
                        told.stream().map(StoredVersion::of).toArray(Long[]::new))
                .query(row -> {
                    numbers.put(row.getLong("place"), row.getLong("number"));
                });
        return numbers;
    }
}
