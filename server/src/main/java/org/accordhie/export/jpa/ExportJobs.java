package org.accordhie.export.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.accordhie.export.ExportFile;
import org.accordhie.export.ExportJob;
import org.accordhie.export.NewExport;
import org.accordhie.vocabulary.Requester;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The jobs as their clients know them: whose a job is not, for them it is not there. Thread-safe. */
public final class ExportJobs {

    /** What began before and is not yet committed is not listed, so it must count as later: the next export asks for it. */
    private static final String ADD = """
            INSERT INTO accord.export_job
              (job_id, client_id, organization, given, request, level, members, since, transaction_time)
            SELECT ?::uuid, ?, ?, ?::jsonb, ?, ?, ?::text[], ?::timestamptz,
              date_trunc('milliseconds', least(now(), min(a.xact_start)))
            FROM pg_stat_activity a WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
            """;

    private static final String FIND = """
            SELECT j.request, j.transaction_time, j.kicked_off + make_interval(secs => ?) AS expires, j.state = 'FAILED' AS failed,
              (SELECT count(*) FROM accord.export_part p WHERE p.job_id = j.job_id) AS types,
              (SELECT count(*) FROM accord.export_part p WHERE p.job_id = j.job_id AND p.done) AS listed
            FROM accord.export_job j
            WHERE j.job_id = ? AND j.client_id = ? AND j.organization = ? AND j.state <> 'DELETED'
              AND j.kicked_off + make_interval(secs => ?) > now()
            """;

    private static final String FILES = """
            SELECT res_type, number, cardinality(res_ids) + cardinality(event_ids) AS count FROM accord.export_file
            WHERE job_id = ? ORDER BY res_type, number
            """;

    private final JdbcClient jdbc;
    private final long keep;

    /**
     * Jobs in the database.
     *
     * @param keep how long each is there
     */
    public ExportJobs(JdbcClient jdbc, Duration keep) {
        this.jdbc = jdbc;
        this.keep = keep.toSeconds();
    }

    /**
     * What a file lists: of one kind or the other.
     *
     * @param resources as storage numbers them
     * @param events of the audit trail
     */
    public record Contents(List<Long> resources, List<UUID> events) {

        /** No file. */
        public static final Contents NONE = new Contents(List.of(), List.of());

        public Contents {
            resources = List.copyOf(resources);
            events = List.copyOf(events);
        }

        /** How many it lists. */
        public int size() {
            return resources.size() + events.size();
        }

        /** A part of it. */
        public Contents slice(int from, int until) {
            return new Contents(part(resources, from, until), part(events, from, until));
        }

        private static <T> List<T> part(List<T> all, int from, int until) {
            return all.subList(Math.min(from, all.size()), Math.min(until, all.size()));
        }
    }

    /** How many of the client's jobs run. Until the running transaction ends, no other one adds any. */
    public int running(String client) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('export ' || ?, 0))")
                .param(client)
                .query((row, number) -> true)
                .list();
        return jdbc.sql(
                        "SELECT count(*) FROM accord.export_job j WHERE j.client_id = ? AND j.state = 'OPEN' AND EXISTS ("
                                + "SELECT 1 FROM accord.export_part p WHERE p.job_id = j.job_id AND NOT p.done)")
                .param(client)
                .query(Integer.class)
                .single();
    }

    /** Adds a job in the running transaction. */
    public UUID add(NewExport export) {
        var id = UUID.randomUUID();
        var requester = export.grant().requester();
        var since = export.request().since();
        jdbc.sql(ADD)
                .params(
                        id,
                        requester.clientId(),
                        requester.organization(),
                        GrantJson.write(export.grant()),
                        export.address(),
                        export.request().level().name(),
                        export.members().toArray(String[]::new),
                        since == null ? null : Timestamp.from(since))
                .update();
        jdbc.sql("INSERT INTO accord.export_part (job_id, res_type) SELECT ?, unnest(?::text[])")
                .params(id, export.types().toArray(String[]::new))
                .update();
        return id;
    }

    /** The requester's job; empty where they have none of this id. */
    public Optional<ExportJob> find(UUID id, Requester requester) {
        return jdbc.sql(FIND)
                .params(keep, id, requester.clientId(), requester.organization(), keep)
                .query((row, number) -> job(id, row))
                .optional();
    }

    private ExportJob job(UUID id, ResultSet row) throws SQLException {
        return new ExportJob(
                id,
                row.getString("request"),
                instant(row, "transaction_time"),
                instant(row, "expires"),
                row.getBoolean("failed"),
                row.getInt("types"),
                row.getInt("listed"),
                files(id));
    }

    private List<ExportJob.Listed> files(UUID id) {
        return jdbc.sql(FILES)
                .param(id)
                .query((row, number) -> new ExportJob.Listed(
                        new ExportFile(row.getString("res_type"), row.getInt("number")), row.getInt("count")))
                .list();
    }

    /** What a file lists; empty where the job has no such file. */
    public Contents contents(UUID id, ExportFile file) {
        return jdbc.sql("SELECT res_ids, event_ids FROM accord.export_file"
                        + " WHERE job_id = ? AND res_type = ? AND number = ?")
                .params(id, file.type(), file.number())
                .query((row, number) -> new Contents(
                        Arrays.asList((Long[]) row.getArray("res_ids").getArray()),
                        Arrays.asList((UUID[]) row.getArray("event_ids").getArray())))
                .optional()
                .orElse(Contents.NONE);
    }

    /** Ends the requester's job; false where they have none of this id. Its rows go when the work on it has been called off. */
    public boolean delete(UUID id, Requester requester) {
        return jdbc.sql("UPDATE accord.export_job SET state = 'DELETED'"
                                + " WHERE job_id = ? AND client_id = ? AND organization = ? AND state <> 'DELETED'")
                        .params(id, requester.clientId(), requester.organization())
                        .update()
                == 1;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
