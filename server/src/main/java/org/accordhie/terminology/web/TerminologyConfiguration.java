package org.accordhie.terminology.web;

import org.accordhie.fhirserver.WriteStep;
import org.accordhie.terminology.Terminology;
import org.accordhie.terminology.fhir.CodeSystemReader;
import org.accordhie.terminology.fhir.ValueSetReader;
import org.accordhie.terminology.jpa.LoadedTerminology;
import org.accordhie.terminology.jpa.TerminologyIndex;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the terminology together. */
@Configuration(proxyBeanMethods = false)
class TerminologyConfiguration {

    @Bean
    Terminology terminology(JdbcClient jdbc) {
        return new LoadedTerminology(jdbc);
    }

    /** Before any step that decides by codes: a consent may come in one bundle with the value set that it names. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WriteStep terminologyIndexing(JdbcClient jdbc) {
        return new TerminologyIndexing(new CodeSystemReader(), new ValueSetReader(), new TerminologyIndex(jdbc));
    }
}
