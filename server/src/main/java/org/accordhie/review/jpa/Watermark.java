package org.accordhie.review.jpa;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far the days have been looked at, and who may look. Thread-safe. */
public final class Watermark {

    private final JdbcClient jdbc;

    public Watermark(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes the right to look, until the running transaction ends; false if another node has it. */
    public boolean hold() {
        return Boolean.TRUE.equals(
                jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtextextended('accord.access_review', 0))")
                        .query(Boolean.class)
                        .single());
    }

    /** The last day that was looked at; empty where none was. */
    public Optional<LocalDate> last() {
        return jdbc.sql("SELECT reviewed FROM accord.review_watermark")
                .query(Date.class)
                .optional()
                .map(Date::toLocalDate);
    }

    /** Moves on, in the transaction of what was found. */
    public void reach(LocalDate day) {
        jdbc.sql("INSERT INTO accord.review_watermark (reviewed) VALUES (?)"
                        + " ON CONFLICT (single) DO UPDATE SET reviewed = excluded.reviewed")
                .param(Date.valueOf(day))
                .update();
    }
}
