package org.accordhie.local;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Objects;
import javax.sql.DataSource;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.fhirserver.DatabaseOwner;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What working on the audit trail needs, and no more: the server's settings and its database, under the role that owns it, since
 * only that one may prune. No port is opened. Not found by a component scan, since it is no part of a server.
 */
@EnableConfigurationProperties(AccordProperties.class)
@Import(DatabaseConfiguration.class)
final class AuditContext {

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(
            JdbcConnectionDetails database, ObjectProvider<DatabaseOwner> embedded, AccordProperties properties) {
        var pool = CommandPool.open(database, "audit");
        var settings = properties.database();
        var named = new DatabaseOwner(settings.owner(), settings.ownerPassword());
        var owner = Objects.requireNonNull(embedded.getIfAvailable(() -> named));
        if (!owner.user().isEmpty()) {
            pool.setUsername(owner.user());
            pool.setPassword(owner.password());
        }
        return pool;
    }

    @Bean
    JdbcClient jdbcClient(DataSource dataSource) {
        return JdbcClient.create(dataSource);
    }

    @Bean
    TransactionTemplate transactionTemplate(DataSource dataSource) {
        return new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }
}
