package org.accordhie.local;

import ca.uhn.fhir.context.FhirContext;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.accordhie.consent.jpa.ConsentRegistry;
import org.accordhie.consent.jpa.ReleaseClasses;
import org.accordhie.consent.jpa.ReleaseIndex;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.labels.Reclassification;
import org.accordhie.labels.Relabelled;
import org.accordhie.labels.fhir.Labeller;
import org.accordhie.labels.fhir.Relabelling;
import org.accordhie.labels.jpa.EpochTable;
import org.accordhie.labels.jpa.LabelTable;
import org.accordhie.labels.jpa.TagTable;
import org.accordhie.labels.jpa.VersionTable;
import org.accordhie.labels.web.RuleFiles;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What labelling stored records needs, and no more: the server's settings, its database and its rules. No port is opened.
 * Not found by a component scan, since it is no part of a server.
 */
@EnableConfigurationProperties(AccordProperties.class)
@Import(DatabaseConfiguration.class)
final class RelabelContext {

    @Bean
    Labeller labeller(AccordProperties properties) {
        return new Labeller(RuleFiles.read(properties.labels().rules()));
    }

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(JdbcConnectionDetails database) {
        return CommandPool.open(database, "relabel");
    }

    @Bean
    JdbcTemplate jdbcTemplate(DataSource dataSource) {
        return new JdbcTemplate(dataSource);
    }

    @Bean
    TransactionTemplate transactionTemplate(DataSource dataSource) {
        return new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    @Bean
    VersionTable versionTable(JdbcTemplate jdbc) {
        return new VersionTable(jdbc);
    }

    @Bean
    EpochTable epochTable(JdbcTemplate jdbc) {
        return new EpochTable(jdbc);
    }

    @Bean
    ReleaseIndex releaseIndex(JdbcTemplate jdbc) {
        var client = JdbcClient.create(jdbc);
        return new ReleaseIndex(jdbc, new ReleaseClasses(client), new ConsentRegistry(client));
    }

    @Bean
    Relabelling relabelling(Labeller labeller, VersionTable versions, JdbcTemplate jdbc, ReleaseIndex index) {
        return new Relabelling(
                FhirContext.forR4(),
                labeller,
                new Relabelling.Tables(versions, new LabelTable(jdbc), new TagTable(jdbc)),
                reclassification(index));
    }

    private static Reclassification reclassification(ReleaseIndex index) {
        return new Reclassification() {
            @Override
            public void hold(Set<String> patients) {
                index.holdPushes(patients);
            }

            @Override
            public void relabel(List<Relabelled> versions) {
                index.relabel(versions.stream()
                        .map(each -> new ReleaseIndex.NewLabels(
                                each.resource(),
                                each.version(),
                                each.labels().sensitivities().keySet(),
                                each.labels().confidentiality()))
                        .toList());
            }
        };
    }
}
