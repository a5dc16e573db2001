package org.accordhie.consent.jpa;

import java.util.List;
import org.accordhie.consent.TokenResidual;
import org.accordhie.vocabulary.ResourceFacts;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a token's own residual keeps away, in the settings that the released views read: each version of the one patient's
 * record for which it says so. Costs what that record costs, and nothing where the token has none. Thread-safe.
 */
public final class WithheldVersions {

    private static final String RECORD =
            "SELECT res_id, res_ver, facts::text AS facts FROM accord.release WHERE patients @> ARRAY[?::text]";

    private static final String SETTINGS =
            "SELECT set_config('accord.withheld', ?, true), set_config('accord.withheld_versions', ?, true)";

    private final JdbcClient jdbc;

    public WithheldVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Version(long resource, long number, ResourceFacts facts) {}

    /** Narrows the running transaction's view. */
    public void withhold(TokenResidual residual) {
        var withheld = jdbc
                .sql(RECORD)
                .param(residual.patient())
                .query((row, number) -> new Version(
                        row.getLong("res_id"), row.getLong("res_ver"), FactsJson.read(row.getString("facts"))))
                .list()
                .stream()
                .filter(version -> residual.forbids(version.facts()))
                .toList();
        jdbc.sql(SETTINGS)
                .params(
                        numbers(withheld.stream().map(Version::resource).toList()),
                        numbers(withheld.stream().map(Version::number).toList()))
                .query((row, number) -> true)
                .list();
    }

    private static String numbers(List<Long> numbers) {
        return numbers.toString().replace('[', '{').replace(']', '}');
    }
}
