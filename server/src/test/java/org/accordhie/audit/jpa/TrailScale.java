package org.accordhie.audit.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.accordhie.audit.TrailQuery;
import org.accordhie.audit.TrailQuery.Condition;
import org.accordhie.audit.TrailQuery.Element;
import org.accordhie.audit.TrailQuery.Order;
import org.accordhie.audit.TrailQuery.Page;
import org.accordhie.audit.TrailReach;
import org.accordhie.audit.TrailReach.Extent;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How long an officer waits for the events of a patient in a trail of {@code accord.trail.events} events about 100,000 patients in
 * {@code accord.trail.years} years, in a database with nothing but the trail. It prints and asserts no time:
 * {@code mvn -Ptrail-scale -pl server test}.
 */
class TrailScale {

    private static final long EVENTS = Long.getLong("accord.trail.events", 200_000L);
    private static final int YEARS = Integer.getInteger("accord.trail.years", 6);
    private static final int PATIENTS = 100_000;
    private static final int SEARCHES = 1_000;
    private static final int WARM_UP = 100;
    private static final long SEED = 6;
    private static final long STEP = 100_000;

    private static final List<String> MIGRATIONS = List.of(
            "V1__release_audit_and_identity.sql",
            "V10__given_consents_and_emergencies.sql",
            "V14__audit_partitions.sql");

    /** Few patients are seen often and most seldom; a ninth of the searches are about several. */
    private static final String FILL = """
            WITH drawn AS (
                SELECT n, now() - make_interval(days => 1) - (:events - n) * (make_interval(years => :years) / :events) AS at,
                       abs(hashint8extended(n, :seed)) % 100 AS kind,
                       2 + abs(hashint8extended(n, :seed + 1)) % 19 AS several
                FROM generate_series(:first, :last) AS n),
            told AS (
                SELECT d.*,
                       ARRAY(SELECT DISTINCT 'Patient/' || md5('patient ' || floor(:patients * power(
                                 abs(hashint8extended(d.n * 32 + i, :seed + 2)) % 1000003 / 1000003.0, 1.5))::bigint)::uuid
                             FROM generate_series(1, CASE WHEN kind < 80 THEN 1 WHEN kind < 89 THEN several
                                                          WHEN kind < 95 THEN 0 WHEN kind < 98 THEN 1 ELSE 0 END) AS i) AS whom
                FROM drawn d)
            INSERT INTO accord.audit_event
              (event_id, recorded, request_id, client_address, interaction, res_type, query, outcome, status, organization,
               client_id, user_ref, purposes, token_id, patients, resources, evidence)
            SELECT md5('event ' || n)::uuid, at, md5('request ' || n)::uuid, '10.1.' || n % 200 || '.7',
                   CASE WHEN kind < 45 OR kind >= 98 THEN 'READ' WHEN kind < 95 THEN 'SEARCH_TYPE' ELSE 'UPDATE' END,
                   'Observation', '/Observation?subject=' || COALESCE(whom[1], 'nobody') || '&_count=50',
                   CASE WHEN kind < 98 THEN 'SUCCESS' ELSE 'REFUSED' END, CASE WHEN kind < 98 THEN 0 ELSE 404 END,
                   'Organization/clinic-' || n % 40, 'client-' || n % 40,
                   CASE WHEN n % 3 = 0 THEN 'Practitioner/' || md5('user ' || n % 5000)::uuid END,
                   ARRAY['TREAT'], md5('token ' || n / 20)::uuid::text, whom,
                   ARRAY(SELECT 'Observation/' || md5(n || ' ' || i)::uuid || '/_history/1'
                         FROM generate_series(1, CASE WHEN kind < 45 THEN 1 WHEN cardinality(whom) = 0 THEN 0
                                                      ELSE several / 2 END) AS i),
                   '{"organizations":["Organization/clinic"],"laws":["Consent/law-1/_history/1","Consent/law-2/_history/3"],'
                     || '"consents":["Consent/' || md5('consent ' || n % :patients)::uuid || '/_history/1"],"decided":[]}'
            FROM told
            """;

    private final HikariDataSource pool = new HikariDataSource();
    private final JdbcClient sql = JdbcClient.create(pool);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    private final TrailRows rows = new TrailRows(sql);

    @Test
    void theEventsOfAPatientAreFound() throws IOException {
        var directory = Path.of("target", "trail-scale").toAbsolutePath();
        try (var postgres = EmbeddedPostgres.builder()
                        .setDataDirectory(directory)
                        .setCleanDataDirectory(true)
                        .start();
                pool) {
            pool.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
            pool.setConnectionInitSql("SET search_path = accord_released");
            pool.setMaximumPoolSize(2);
            makeTables();
            fill();
            measure();
        }
    }

    /** By the migrations that make them. */
    private void makeTables() throws IOException {
        sql.sql("CREATE SCHEMA accord").update();
        for (var migration : MIGRATIONS) {
            execute(text(migration));
        }
        execute("CREATE SCHEMA accord_released");
        var views = text("R__released_views.sql");
        execute(views.substring(views.indexOf("CREATE VIEW accord_released.audit_event")));
    }

    /** Several statements at once. */
    private void execute(String script) {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(script);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private static String text(String migration) throws IOException {
        try (var in = TrailScale.class.getResourceAsStream("/org/accordhie/migration/" + migration)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void measure() {
        var random = new Random(SEED);
        var told = 0;
        for (int search = 0; search < WARM_UP; search++) {
            told += search(patient(random.nextInt(PATIENTS)));
        }
        var times = new ArrayList<Long>();
        for (int search = 0; search < SEARCHES; search++) {
            var patient = patient(random.nextInt(PATIENTS));
            var begun = System.nanoTime();
            told += search(patient);
            times.add(System.nanoTime() - begun);
        }
        assertThat(told).isPositive();
        print("audit search by patient: " + number(stored()) + " events", times);
        print("of the patient with most events (" + number(search(patient(0))) + ")", busiest());
    }

    private List<Long> busiest() {
        var times = new ArrayList<Long>();
        for (int search = 0; search < WARM_UP; search++) {
            var begun = System.nanoTime();
            search(patient(0));
            times.add(System.nanoTime() - begun);
        }
        return times;
    }

    private void fill() {
        sql.sql("SELECT accord.audit_partitions(CURRENT_DATE - 366 * ?, CURRENT_DATE)")
                .param(YEARS)
                .query((row, number) -> true)
                .list();
        for (long first = 1; first <= EVENTS; first += STEP) {
            sql.sql(FILL)
                    .param("events", EVENTS)
                    .param("years", YEARS)
                    .param("seed", SEED)
                    .param("patients", PATIENTS)
                    .param("first", first)
                    .param("last", Math.min(EVENTS, first + STEP - 1))
                    .update();
        }
        sql.sql("VACUUM (ANALYZE) accord.audit_event").update();
    }

    /** As the route of AuditEvent does it: the view is opened, all are counted, and a page is read. */
    private int search(String patient) {
        var reach = new TrailReach(Extent.WHOLE, "");
        var query = new TrailQuery(
                List.of(new Condition(Element.PATIENT, Set.of(patient))),
                List.of(),
                Order.NEWEST_FIRST,
                new Page(50, 0));
        return Objects.requireNonNull(transaction.execute(status -> {
            rows.open(reach);
            return rows.search(reach.within(query).before(Instant.now())).total();
        }));
    }

    /** By the same name as {@link #FILL} has for them. */
    private String patient(int number) {
        return sql.sql("SELECT 'Patient/' || md5('patient ' || ?)::uuid")
                .param(String.valueOf(number))
                .query(String.class)
                .single();
    }

    private long stored() {
        return sql.sql("SELECT count(*) FROM accord.audit_event")
                .query(Long.class)
                .single();
    }

    private static void print(String what, List<Long> times) {
        var sorted = times.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%s, p50 %.1f, p95 %.1f, p99 %.1f ms%n",
                what,
                millis(sorted, 50),
                millis(sorted, 95),
                millis(sorted, 99));
    }

    private static double millis(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
