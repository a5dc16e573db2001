package org.accordhie.smart.web;

import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.fhirserver.WriteStep;
import org.accordhie.smart.jpa.PartnerTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires who takes part: the partners of the settings, and those that privacy officers register. */
@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {

    @Bean
    PartnerTable partnerTable(JdbcClient jdbc, AccordProperties settings) {
        return new PartnerTable(jdbc, new ConfiguredPartners(settings.partners()));
    }

    @Bean
    WriteStep partnerRegistration(PartnerTable table, AccordProperties settings) {
        return new PartnerRegistration(table, new ConfiguredPartners(settings.partners()));
    }
}
