package org.accordhie.local;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.smart.PartnerRegistry;
import org.accordhie.smart.jpa.PartnerTable;
import org.accordhie.smart.web.ConfiguredPartners;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The partner registry without a server. Not found by a component scan, since it is no part of one.
 */
@EnableConfigurationProperties(AccordProperties.class)
@Import(DatabaseConfiguration.class)
final class RegistryContext {

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(JdbcConnectionDetails database) {
        return CommandPool.open(database, "registry");
    }

    @Bean
    PartnerRegistry partners(DataSource dataSource, AccordProperties settings) {
        return new PartnerTable(JdbcClient.create(dataSource), new ConfiguredPartners(settings.partners()));
    }

    /** The partners of the settings alone, for which no database is needed. */
    @EnableConfigurationProperties(AccordProperties.class)
    static final class OfSettings {

        @Bean
        PartnerRegistry partners(AccordProperties settings) {
            return new ConfiguredPartners(settings.partners());
        }
    }
}
