package org.accordhie.audit.web;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import org.accordhie.audit.AuditTrail;
import org.accordhie.audit.OpenRequests;
import org.accordhie.fhirserver.RequestLine;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the audit trail around every request. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    @Bean
    OpenRequests openRequests() {
        return new OpenRequests();
    }

    @Bean
    FilterRegistrationBean<AuditFilter> auditFilter(
            AuditTrail trail,
            OpenRequests requests,
            Clock clock,
            PlatformTransactionManager transactions,
            FhirContext fhir) {
        var own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        var registration =
                new FilterRegistrationBean<>(new AuditFilter(trail, requests, clock, own, fhir.getResourceTypes()));
        registration.addUrlPatterns("/fhir/*");
        registration.setOrder(RequestLine.AUDIT);
        return registration;
    }
}
