package org.accordhie.directory.web;

import org.accordhie.directory.fhir.MembershipReader;
import org.accordhie.directory.jpa.MembershipTable;
import org.accordhie.fhirserver.WriteStep;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Puts the directory together. */
@Configuration(proxyBeanMethods = false)
class DirectoryConfiguration {

    @Bean
    MembershipTable membershipTable(JdbcTemplate jdbc) {
        return new MembershipTable(jdbc);
    }

    @Bean
    WriteStep membershipIndexing(MembershipTable memberships) {
        return new MembershipIndexing(new MembershipReader(), memberships);
    }
}
