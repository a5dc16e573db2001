package org.accordhie.fhirserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.UUID;
import org.accordhie.local.EmbeddedDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The server's database role adds to the audit trail and changes nothing in it; production does not start otherwise. */
class ServerRoleIT {

    private static final PoolConfiguration POOLS = new PoolConfiguration();

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedDatabase database;

    @BeforeAll
    static void start() {
        database = EmbeddedDatabase.start(
                Path.of("target", "exchange", UUID.randomUUID().toString(), "postgresql"), 0);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void productionRefusesARoleThatOwnsTheTrail() {
        assertThatThrownBy(() -> prepared(database.user(), "production"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("could change the audit trail")
                .hasMessageContaining("accord.database.owner");
    }

    @Test
    void developmentDoesNot() {
        assertThat(prepared(database.user(), "development")).isTrue();
    }

    @Test
    void aRoleOfItsOwnAddsAndDoesNotChange() {
        assertThat(prepared(database.serverUser(), "production")).isFalse();
        try (var pool = pool(database.serverUser())) {
            var trail = JdbcClient.create(pool);
            for (var change : new String[] {
                "UPDATE accord.audit_event SET outcome = 'SUCCESS'",
                "DELETE FROM accord.audit_event",
                "TRUNCATE accord.audit_event",
                "ALTER TABLE accord.audit_event DISABLE TRIGGER ALL",
                "DROP TABLE accord.audit_event"
            }) {
                assertThatThrownBy(() -> trail.sql(change).update()).as(change).isInstanceOf(DataAccessException.class);
            }
            assertThat(trail.sql("SELECT count(*) FROM accord.audit_event")
                            .query(Long.class)
                            .single())
                    .isNotNegative();
        }
    }

    /** Prepares the database for a server in this role; returns whether the role could change the trail. */
    private static boolean prepared(String role, String mode) {
        var address = new DatabaseAddress(database.url(), role, database.password());
        var beans = new DefaultListableBeanFactory();
        beans.registerSingleton("owner", new DatabaseOwner(database.user(), database.password()));
        try (var pool = pool(role)) {
            POOLS.databaseSchema(pool, address, beans.getBeanProvider(DatabaseOwner.class), settings(mode));
            return ServerRole.mayChangeTheTrail(pool);
        }
    }

    private static HikariDataSource pool(String role) {
        return POOLS.wholePool(new DatabaseAddress(database.url(), role, database.password()));
    }

    private static AccordProperties settings(String mode) {
        var source = new MapConfigurationPropertySource();
        source.put("accord.mode", mode);
        source.put("accord.base-url", "https://exchange.example.org/fhir");
        source.put("accord.token.issuer", "https://login.example.org");
        source.put("accord.token.audiences", "https://exchange.example.org/fhir");
        return new Binder(source).bind("accord", AccordProperties.class).get();
    }
}
