package org.accordhie.labels.web;

import ca.uhn.fhir.interceptor.api.IInterceptorService;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.labels.LabelRules;
import org.accordhie.labels.StoredLabels;
import org.accordhie.labels.fhir.BundleLabels;
import org.accordhie.labels.fhir.Labeller;
import org.accordhie.labels.jpa.LabelTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Puts the labelling together. */
@Configuration(proxyBeanMethods = false)
class LabelsConfiguration {

    @Bean
    LabelRules labelRules(AccordProperties properties) {
        return RuleFiles.read(properties.labels().rules());
    }

    @Bean
    Labeller labeller(LabelRules rules) {
        return new Labeller(rules);
    }

    @Bean
    StoredLabels storedLabels(JdbcTemplate jdbc) {
        return new LabelTable(jdbc);
    }

    @Bean
    BundleLabels bundleLabels(Labeller labeller, StoredLabels stored) {
        return new BundleLabels(labeller, stored);
    }

    @Bean
    ShownBases shownBases(StoredLabels stored, IInterceptorService interceptors) {
        var shown = new ShownBases(stored);
        interceptors.registerInterceptor(shown);
        return shown;
    }
}
