package org.accordhie.sealing.jpa;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.accordhie.sealing.Sealer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A real database with nothing but the trail, made by the migrations that make it. */
public final class TrailDatabase implements AutoCloseable {

    private static final List<String> MIGRATIONS = List.of(
            "V1__release_audit_and_identity.sql",
            "V10__given_consents_and_emergencies.sql",
            "V14__audit_partitions.sql");

    private final EmbeddedPostgres postgres;
    private final HikariDataSource pool = new HikariDataSource();

    private TrailDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
        pool.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
        pool.setMaximumPoolSize(4);
    }

    public static TrailDatabase start() throws IOException, SQLException {
        var database = new TrailDatabase(EmbeddedPostgres.builder().start());
        try (var connection = database.pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA accord");
            for (var migration : MIGRATIONS) {
                statement.execute(text("/org/accordhie/migration/" + migration));
            }
        }
        return database;
    }

    public JdbcClient sql() {
        return JdbcClient.create(pool);
    }

    TransactionTemplate transaction() {
        return new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    public TrailSealing sealing(Sealer sealer) {
        return new TrailSealing(transaction(), sql(), new AnchorTable(sql()), sealer, Clock.systemUTC());
    }

    /** Records accesses, each in a transaction of its own. */
    public void record(int events, Random random) {
        for (int index = 0; index < events; index++) {
            record(random);
        }
    }

    /** From now on something is recorded whenever an anchor is added, as on a server with much to do. */
    public void recordWithEachAnchor() {
        sql().sql("""
                CREATE FUNCTION accord.one_more() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    INSERT INTO accord.audit_event (event_id, recorded, client_address, interaction, res_type, query, outcome,
                        status, organization, client_id, purposes, token_id, patients, resources, evidence)
                    VALUES (gen_random_uuid(), clock_timestamp(), '10.0.0.1', 'READ', 'Observation', '/Observation/1', 'SUCCESS',
                        0, 'Organization/1', 'app', '{TREAT}', 'token', '{}', '{}', '{}');
                    RETURN NULL; END $$
                """).update();
        sql().sql("CREATE TRIGGER one_more AFTER INSERT ON accord.audit_anchor EXECUTE FUNCTION accord.one_more()")
                .update();
    }

    void record(Random random) {
        var patient = "Patient/" + random.nextInt(20);
        sql().sql(
                        "INSERT INTO accord.audit_event (event_id, recorded, request_id, client_address, interaction, res_type,"
                                + " query, outcome, status, organization, client_id, user_ref, purposes, token_id, patients,"
                                + " resources, evidence) VALUES (?, clock_timestamp(), ?, ?, 'READ', 'Observation', ?, 'SUCCESS', 0,"
                                + " ?, 'app', ?, '{TREAT}', ?, ?, ?, '{}')")
                .params(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        "10.0.0." + random.nextInt(250),
                        "/Observation/" + random.nextInt(1000),
                        "Organization/" + random.nextInt(5),
                        random.nextBoolean() ? null : "Practitioner/" + random.nextInt(9),
                        "token-" + random.nextInt(99),
                        new String[] {patient},
                        new String[] {"Observation/" + random.nextInt(1000) + "/_history/1", patient + "/_history/2"})
                .update();
    }

    @Override
    public void close() throws IOException {
        pool.close();
        postgres.close();
    }

    private static String text(String resource) throws IOException {
        try (var in = Objects.requireNonNull(TrailDatabase.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
