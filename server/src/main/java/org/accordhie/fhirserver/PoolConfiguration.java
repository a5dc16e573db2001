package org.accordhie.fhirserver;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** Two connection pools on one database, chosen by the thread's {@link StorageView}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DataSourceProperties.class)
class PoolConfiguration {

    /** The schema of views that hold what is released; see its migration. */
    static final String RELEASED_SCHEMA = "accord_released";

    /** Where the database is: what {@code local} or an operator says, else the usual Spring settings. */
    @Bean
    DatabaseAddress databaseAddress(ObjectProvider<JdbcConnectionDetails> named, DataSourceProperties usual) {
        var details = named.getIfAvailable();
        return details == null
                ? new DatabaseAddress(
                        usual.determineUrl(),
                        Objects.requireNonNullElse(usual.getUsername(), ""),
                        Objects.requireNonNullElse(usual.getPassword(), ""))
                : new DatabaseAddress(
                        details.getJdbcUrl(),
                        Objects.requireNonNullElse(details.getUsername(), ""),
                        Objects.requireNonNullElse(details.getPassword(), ""));
    }

    @Bean(destroyMethod = "close")
    HikariDataSource wholePool(DatabaseAddress address) {
        return pool(address, "whole", "public", "read committed");
    }

    @Bean(destroyMethod = "close")
    HikariDataSource releasedPool(DatabaseAddress address, AccordProperties properties) {
        // What is left to a requester, the rows and the second look at them must be of one moment.
        var pool = pool(address, "released", RELEASED_SCHEMA, "repeatable read");
        pool.setConnectionInitSql(pool.getConnectionInitSql() + "; SET statement_timeout = "
                + properties.limits().statement().toMillis());
        return pool;
    }

    private static HikariDataSource pool(DatabaseAddress address, String name, String schema, String isolation) {
        var pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setJdbcUrl(address.url());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        pool.setMaximumPoolSize(20);
        pool.setMinimumIdle(2);
        pool.setConnectionInitSql("SET search_path = " + schema + "; SET default_transaction_isolation = '" + isolation
                + "'; SET jit = off");
        return pool;
    }

    @Bean
    @Primary
    DataSource dataSource(HikariDataSource wholePool, HikariDataSource releasedPool) {
        var routed = new AbstractRoutingDataSource() {
            @Override
            protected Object determineCurrentLookupKey() {
                return StorageView.current();
            }
        };
        routed.setTargetDataSources(Map.of(StorageView.WHOLE, wholePool, StorageView.RELEASED, releasedPool));
        routed.setLenientFallback(false);
        return routed;
    }

    /** Nothing is asked of storage before its schema is right, which the owner of the tables sees to. */
    @Bean
    DatabaseSchema databaseSchema(
            HikariDataSource wholePool,
            DatabaseAddress address,
            ObjectProvider<DatabaseOwner> named,
            AccordProperties properties) {
        var owner = named.getIfAvailable(() -> ownerIn(properties.database(), address));
        if (owner.user().equals(address.user())) {
            var schema = new DatabaseSchema(wholePool);
            refuseInProduction(wholePool, properties);
            return schema;
        }
        var theirs = new DatabaseAddress(address.url(), owner.user(), owner.password());
        try (var pool = pool(theirs, "owner", "public", "read committed")) {
            var schema = new DatabaseSchema(pool);
            ServerRole.grant(pool, address.user());
            refuseInProduction(wholePool, properties);
            return schema;
        }
    }

    private static DatabaseOwner ownerIn(AccordProperties.Database settings, DatabaseAddress address) {
        return settings.owner().isEmpty()
                ? new DatabaseOwner(address.user(), address.password())
                : new DatabaseOwner(settings.owner(), settings.ownerPassword());
    }

    private static void refuseInProduction(DataSource server, AccordProperties properties) {
        if (properties.isProduction() && ServerRole.mayChangeTheTrail(server)) {
            throw new IllegalStateException(
                    "the server's database role could change the audit trail, which production mode"
                            + " refuses: let `accord.database.owner` own the tables, and `accord.database.user` be another role");
        }
    }
}
