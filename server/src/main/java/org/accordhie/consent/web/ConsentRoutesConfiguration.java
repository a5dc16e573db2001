package org.accordhie.consent.web;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import java.time.Clock;
import java.util.List;
import org.accordhie.consent.fhir.ConsentReader;
import org.accordhie.consent.jpa.ConsentJournal;
import org.accordhie.consent.jpa.ConsentRegistry;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.fhirserver.OperationRoutes;
import org.accordhie.fhirserver.RequestLine;
import org.hl7.fhir.r4.model.Consent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the routes of consents together. */
@Configuration(proxyBeanMethods = false)
class ConsentRoutesConfiguration {

    @Bean
    OperationRoutes consentOperations(
            RequestLine line,
            DaoRegistry daos,
            ConsentReader reader,
            ConsentRegistry registry,
            ConsentJournal journal,
            Clock clock,
            AccordProperties properties) {
        IFhirResourceDao<Consent> dao = daos.getResourceDao(Consent.class);
        var reports = new ConsentReports(dao, reader, registry, journal, clock);
        return () -> List.of(new ConsentOperations(line, reports, properties.limits()), new ConsentFiling(line, dao));
    }
}
