package org.accordhie.disclosure.web;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.Clock;
import java.util.List;
import org.accordhie.audit.AuditTrail;
import org.accordhie.disclosure.fhir.DisclosureReader;
import org.accordhie.disclosure.jpa.RecordedDisclosures;
import org.accordhie.disclosure.jpa.Suspensions;
import org.accordhie.disclosure.jpa.TrailDisclosures;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.fhirserver.OperationRoutes;
import org.accordhie.fhirserver.ReleaseGate;
import org.accordhie.fhirserver.RequestLine;
import org.accordhie.smart.PartnerRegistry;
import org.hl7.fhir.r4.model.Organization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts together what accounts for disclosures. */
@Configuration(proxyBeanMethods = false)
class DisclosureConfiguration {

    @Bean
    DisclosureGate disclosureGate(
            RequestLine line,
            ReleaseGate releases,
            PlatformTransactionManager transactions,
            JdbcClient jdbc,
            AuditTrail audit,
            Clock clock) {
        var transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return new DisclosureGate(line, releases, transaction, jdbc, audit, clock);
    }

    @Bean
    OperationRoutes disclosures(
            DisclosureGate gate,
            JdbcClient jdbc,
            PartnerRegistry partners,
            DaoRegistry daos,
            FhirContext context,
            AccordProperties properties) {
        var recorded = new RecordedDisclosures(jdbc);
        var suspensions = new Suspensions(jdbc);
        var accountant = new Accountant(
                new TrailDisclosures(jdbc), recorded, suspensions, partners, daos.getResourceDao(Organization.class));
        var reader = new DisclosureReader(context, properties.baseUrl().toString());
        return () -> List.of(
                new AccountingRoutes(gate, accountant, properties.limits()),
                new SuspensionRoutes(gate, suspensions),
                new RecordingRoutes(gate, reader, recorded));
    }
}
