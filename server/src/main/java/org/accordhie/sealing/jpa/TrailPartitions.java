package org.accordhie.sealing.jpa;

import java.time.LocalDate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The months of the trail's table. Thread-safe. */
public final class TrailPartitions {

    private static final int DAYS_AHEAD = 62;

    private final JdbcClient jdbc;

    public TrailPartitions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes those of this month and the next two, where they are not there. */
    public void makeAhead(LocalDate today) {
        jdbc.sql("SELECT accord.audit_partitions(?, ?)")
                .params(today, today.plusDays(DAYS_AHEAD))
                .query((row, number) -> true)
                .list();
    }
}
