package org.accordhie.terminology.jpa;

import java.util.HashSet;
import java.util.Set;
import org.accordhie.terminology.Canonical;
import org.accordhie.terminology.Terminology;
import org.accordhie.vocabulary.Coding;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What codes and value sets stand for, read from the tables by one query for each question. Thread-safe, remembers nothing. */
public final class LoadedTerminology implements Terminology {

    private final JdbcClient jdbc;

    public LoadedTerminology(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Set<Coding> covered(Coding code) {
        var covered = new HashSet<Coding>();
        covered.add(code);
        covered.addAll(jdbc.sql("SELECT descendant FROM accord.code_closure WHERE system = ? AND ancestor = ?")
                .params(code.system(), code.code())
                .query((row, number) -> new Coding(code.system(), row.getString(1)))
                .list());
        return covered;
    }

    @Override
    public Set<Coding> members(String valueSetUrl) {
        var canonical = Canonical.of(valueSetUrl);
        return new HashSet<>(jdbc.sql("SELECT m.system, m.code FROM accord.value_set v"
                        + " JOIN accord.value_set_member m ON m.url = v.url"
                        + " WHERE v.url = ? AND (? = '' OR v.version = ?)")
                .params(canonical.url(), canonical.version(), canonical.version())
                .query((row, number) -> new Coding(row.getString(1), row.getString(2)))
                .list());
    }
}
