package org.accordhie.fhirserver;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** Two connection pools on one database, chosen by the thread's {@link StorageView}. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    /** The schema of views that hold what is released; see its migration. */
    static final String RELEASED_SCHEMA = "accord_released";

    @Bean(destroyMethod = "close")
    HikariDataSource wholePool(DatabaseAddress address) {
        return pool(address, "whole", "public");
    }

    @Bean(destroyMethod = "close")
    HikariDataSource releasedPool(DatabaseAddress address) {
        return pool(address, "released", RELEASED_SCHEMA);
    }

    private static HikariDataSource pool(DatabaseAddress address, String name, String schema) {
        var pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setJdbcUrl(address.url());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        pool.setMaximumPoolSize(20);
        pool.setMinimumIdle(2);
        pool.setConnectionInitSql("SET search_path = " + schema + "; SET jit = off");
        return pool;
    }

    @Bean
    @org.springframework.context.annotation.Primary
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

    @Bean
    DatabaseSchema databaseSchema(HikariDataSource wholePool) {
        return new DatabaseSchema(wholePool);
    }
}
