package org.accordhie.fhirserver;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Meta;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What HAPI's storage has noted of each tag, profile and security label, by number. A definition is never changed, and its
 * number is never given to another one, so those that come again and again are remembered. Thread-safe.
 */
@Component
final class TagDefinitions {

    private static final int REMEMBERED = 10_000;

    private static final String DEFINED = """
            SELECT tag_id, tag_type, tag_system, tag_code, tag_display, tag_version, tag_user_selected
            FROM hfj_tag_def WHERE tag_id = ANY (?)
            """;

    private final JdbcClient jdbc;
    private final Cache<Long, Definition> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    TagDefinitions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One row of storage's.
     *
     * @param type zero for a tag, one for a profile, two for a security label
     * @param selected by the user; null where nobody said
     */
    private record Definition(
            int type,
            @Nullable String system,
            @Nullable String code,
            @Nullable String display,
            @Nullable String version,
            @Nullable Boolean selected) {

        static Definition of(ResultSet row) throws SQLException {
            return new Definition(
                    row.getInt("tag_type"),
                    row.getString("tag_system"),
                    row.getString("tag_code"),
                    row.getString("tag_display"),
                    row.getString("tag_version"),
                    (Boolean) row.getObject("tag_user_selected"));
        }

        void tell(Meta meta) {
            switch (type) {
                case 0 -> meta.addTag(tag());
                case 1 -> meta.addProfile(code);
                default -> meta.addSecurity(coding());
            }
        }

        /** The only one of which HAPI tells a version, and whether it was selected. */
        private Coding tag() {
            var coding = coding().setVersion(version);
            return selected == null ? coding : coding.setUserSelected(selected);
        }

        private Coding coding() {
            return new Coding().setSystem(system).setCode(code).setDisplay(display);
        }
    }

    /** Adds what these numbers stand for. */
    void tell(Long[] numbers, Meta meta) {
        var found = known.getAll(Arrays.asList(numbers), this::defined);
        for (var number : numbers) {
            Objects.requireNonNull(found.get(number), "a tag without its definition")
                    .tell(meta);
        }
    }

    private Map<Long, Definition> defined(Set<? extends Long> numbers) {
        return jdbc
                .sql(DEFINED)
                .params((Object) numbers.toArray(Long[]::new))
                .query((row, number) -> Map.entry(row.getLong("tag_id"), Definition.of(row)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
