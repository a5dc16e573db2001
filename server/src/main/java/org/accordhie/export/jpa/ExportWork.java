package org.accordhie.export.jpa;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.accordhie.audit.TrailSpan.Mark;
import org.accordhie.export.ExportLevel;
import org.accordhie.smart.AccessGrant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The jobs as those know them who carry them out. Thread-safe. */
public final class ExportWork {

    /** A part that fails so often without moving is given up, and the job with it. */
    private static final int ATTEMPTS = 5;

    private static final String CLAIM = """
            UPDATE accord.export_part SET attempts = attempts + 1, worked = now()
            WHERE (job_id, res_type) IN (
              SELECT p.job_id, p.res_type FROM accord.export_part p JOIN accord.export_job j USING (job_id)
              WHERE p.job_id = ? AND p.res_type = ? AND NOT p.done AND j.state = 'OPEN' FOR UPDATE OF p SKIP LOCKED)
            """;

    private static final String PLACE = """
            SELECT p.after_id, p.after_recorded, p.after_event, p.files FROM accord.export_part p JOIN accord.export_job j USING (job_id)
            WHERE p.job_id = ? AND p.res_type = ? AND NOT p.done AND j.state = 'OPEN' FOR UPDATE OF p SKIP LOCKED
            """;

    private static final String MOVE = """
            UPDATE accord.export_part
            SET after_id = ?, after_recorded = ?, after_event = ?, files = ?, done = ?, attempts = 0, worked = now()
            WHERE job_id = ? AND res_type = ?
            """;

    private static final String GIVE_UP = """
            UPDATE accord.export_job SET state = 'FAILED' WHERE state = 'OPEN' AND job_id IN (
              SELECT job_id FROM accord.export_part
              WHERE NOT done AND attempts >= ? AND worked < now() - make_interval(secs => ?))
            """;

    /** Those that nobody has begun, and those on which whoever did has stood still: killed, most likely. */
    private static final String DUE = """
            UPDATE accord.export_job j SET started = now()
            WHERE j.state = 'OPEN' AND j.started < now() - make_interval(secs => ?)
              AND EXISTS (SELECT 1 FROM accord.export_part p WHERE p.job_id = j.job_id AND NOT p.done)
              AND NOT EXISTS (SELECT 1 FROM accord.export_part p
                              WHERE p.job_id = j.job_id AND p.worked >= now() - make_interval(secs => ?))
            RETURNING j.job_id, j.instance_id
            """;

    private static final String FORGET = """
            DELETE FROM accord.export_job WHERE state = 'DELETED' OR kicked_off < now() - make_interval(secs => ?)
            RETURNING job_id, instance_id
            """;

    private final JdbcClient jdbc;

    public ExportWork(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is to be listed.
     *
     * @param grant for whom
     * @param members of the Group, as {@code Patient/[id]}
     * @param since only what was stored at this instant or later; null for all
     * @param until only events of the audit trail before this instant, for listing them makes more
     */
    public record Order(
            AccessGrant grant,
            ExportLevel level,
            List<String> members,
            @Nullable Instant since,
            Instant until) {

        public Order {
            members = List.copyOf(members);
        }
    }

    /**
     * How far a part is.
     *
     * @param after the number of the last resource that is listed
     * @param mark every event up to this one is listed
     * @param files in so many files
     */
    public record Place(long after, Mark mark, int files) {}

    /**
     * A job, and who works on it.
     *
     * @param instance HAPI's job instance; null where there is none yet
     */
    public record Job(UUID id, @Nullable String instance) {}

    /** What the job is to list; empty if it is no longer there. */
    public Optional<Order> order(UUID job) {
        return jdbc.sql("SELECT given::text, level, members, since, transaction_time FROM accord.export_job"
                        + " WHERE job_id = ? AND state = 'OPEN'")
                .param(job)
                .query((row, number) -> {
                    var since = row.getTimestamp("since");
                    return new Order(
                            GrantJson.read(row.getString("given")),
                            ExportLevel.valueOf(row.getString("level")),
                            Arrays.asList((String[]) row.getArray("members").getArray()),
                            since == null ? null : since.toInstant(),
                            row.getTimestamp("transaction_time").toInstant());
                })
                .optional();
    }

    /** The types of which something is still to be listed. */
    public List<String> undone(UUID job) {
        return jdbc.sql("SELECT res_type FROM accord.export_part WHERE job_id = ? AND NOT done ORDER BY res_type")
                .param(job)
                .query(String.class)
                .list();
    }

    /** Counts an attempt at a part; false if it is done, or called off, or somebody is at it. */
    public boolean claim(UUID job, String type) {
        return jdbc.sql(CLAIM).params(job, type).update() == 1;
    }

    /** Takes a part for the running transaction; empty if it is done, or called off, or somebody is at it. */
    public Optional<Place> take(UUID job, String type) {
        return jdbc.sql(PLACE)
                .params(job, type)
                .query((row, number) -> new Place(
                        row.getLong("after_id"),
                        new Mark(
                                row.getTimestamp("after_recorded").toInstant(),
                                row.getObject("after_event", UUID.class)),
                        row.getInt("files")))
                .optional();
    }

    /** Writes down the next file of a part that the running transaction has taken. */
    public void list(UUID job, String type, Place place, List<Long> resources, boolean isLast) {
        if (resources.isEmpty()) {
            move(job, type, place, isLast);
            return;
        }
        var file = place.files() + 1;
        jdbc.sql("INSERT INTO accord.export_file (job_id, res_type, number, res_ids) VALUES (?, ?, ?, ?)")
                .params(job, type, file, resources.toArray(Long[]::new))
                .update();
        move(job, type, new Place(resources.get(resources.size() - 1), place.mark(), file), isLast);
    }

    /** The same of events of the audit trail. */
    public void listEvents(UUID job, String type, Place place, List<Mark> events, boolean isLast) {
        if (events.isEmpty()) {
            move(job, type, place, isLast);
            return;
        }
        var file = place.files() + 1;
        jdbc.sql("INSERT INTO accord.export_file (job_id, res_type, number, event_ids) VALUES (?, ?, ?, ?)")
                .params(job, type, file, events.stream().map(Mark::id).toArray(UUID[]::new))
                .update();
        move(job, type, new Place(place.after(), events.get(events.size() - 1), file), isLast);
    }

    private void move(UUID job, String type, Place place, boolean isLast) {
        var mark = place.mark();
        jdbc.sql(MOVE)
                .params(place.after(), Timestamp.from(mark.recorded()), mark.id(), place.files(), isLast, job, type)
                .update();
    }

    /** The jobs that somebody must begin or take up again; to each other caller they are begun. */
    public List<Job> due(Duration resumeAfter) {
        var seconds = resumeAfter.toSeconds();
        jdbc.sql(GIVE_UP).params(ATTEMPTS, seconds).update();
        return jobs(jdbc.sql(DUE).params(seconds, seconds));
    }

    /** Remembers who works on a job. */
    public void begun(UUID job, String instance) {
        jdbc.sql("UPDATE accord.export_job SET instance_id = ? WHERE job_id = ?")
                .params(instance, job)
                .update();
    }

    /** Whether any job runs. */
    public boolean isAnyRunning() {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM accord.export_job j JOIN accord.export_part p USING (job_id)"
                        + " WHERE j.state = 'OPEN' AND NOT p.done)")
                .query(Boolean.class)
                .single();
    }

    /** Removes the jobs that were deleted or are older than this. */
    public List<Job> forget(Duration keep) {
        return jobs(jdbc.sql(FORGET).param(keep.toSeconds()));
    }

    private static List<Job> jobs(JdbcClient.StatementSpec statement) {
        return statement
                .query((row, number) -> new Job(row.getObject("job_id", UUID.class), row.getString("instance_id")))
                .list();
    }
}
