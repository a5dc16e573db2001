package org.accordhie.local;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import org.accordhie.fhirserver.RecordImport;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Loads the sample into an exchange that trusts the development issuer, unless {@code accord.sample} says no. */
@Configuration(proxyBeanMethods = false)
@Conditional(DevelopmentIssuerConfiguration.DevelopmentIssuerTrusted.class)
class SampleConfiguration {

    /** The sample is loaded once the server answers, and before the commands to try it with are shown. */
    @Bean
    @ConditionalOnProperty(name = "accord.sample", matchIfMissing = true)
    ApplicationListener<ApplicationReadyEvent> sample(FhirContext context, DaoRegistry daos, RecordImport records) {
        var loader = new SampleLoader(context, daos, records);
        return new SampleFirst(loader);
    }

    /** Loads the sample before other listeners hear that the server answers. */
    private record SampleFirst(SampleLoader loader) implements ApplicationListener<ApplicationReadyEvent>, Ordered {

        @Override
        public void onApplicationEvent(ApplicationReadyEvent ready) {
            loader.load();
        }

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }
    }
}
