package org.accordhie.redaction.web;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.searchparam.extractor.SearchParamExtractorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Puts the redaction of HAPI's index in the place of HAPI's own extraction. */
@Configuration(proxyBeanMethods = false)
class RedactionConfiguration {

    @Bean
    @Primary
    SearchParamExtractorService indexOfOpenElements(FhirContext context) {
        return new IndexOfOpenElements(context);
    }
}
