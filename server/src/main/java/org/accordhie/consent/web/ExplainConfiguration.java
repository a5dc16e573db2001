package org.accordhie.consent.web;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.server.IResourceProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.accordhie.audit.AuditTrail;
import org.accordhie.audit.RecordedRequesters;
import org.accordhie.consent.Participants;
import org.accordhie.consent.PolicySource;
import org.accordhie.consent.Resolution;
import org.accordhie.consent.fhir.ConsentReader;
import org.accordhie.consent.fhir.ConsentVersions;
import org.accordhie.consent.fhir.DraftReader;
import org.accordhie.consent.jpa.ConsentRegistry;
import org.accordhie.consent.jpa.RecordedReleases;
import org.accordhie.consent.jpa.ReleaseClasses;
import org.accordhie.consent.jpa.StoredFacts;
import org.accordhie.directory.Directory;
import org.accordhie.fhirserver.OperationRoutes;
import org.accordhie.fhirserver.RequestLine;
import org.accordhie.fhirserver.ResourceTypes;
import org.accordhie.smart.PartnerRegistry;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Organization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts together what explains decisions and tries drafts. */
@Configuration(proxyBeanMethods = false)
class ExplainConfiguration {

    @Bean
    Participants participants(PartnerRegistry partners) {
        return partners::all;
    }

    @Bean
    AssumedRequesters assumedRequesters(Participants participants, Directory directory, ReleaseClasses classes) {
        return new AssumedRequesters(participants, directory, classes);
    }

    @Bean
    StoredFacts storedFacts(JdbcClient jdbc) {
        return new StoredFacts(jdbc);
    }

    @Bean
    RulesInTime rulesInTime(
            PolicySource policies,
            ConsentRegistry consents,
            StoredFacts stored,
            DaoRegistry daos,
            ConsentReader reader,
            Resolution resolution) {
        IFhirResourceDao<Consent> dao = daos.getResourceDao(Consent.class);
        return new RulesInTime(policies, consents, stored, new ConsentVersions(dao, reader), resolution);
    }

    @Bean
    Explainer explainer(StoredFacts stored, RulesInTime rules, AssumedRequesters requesters, DaoRegistry daos) {
        return new Explainer(stored, rules, requesters, daos.getResourceDao(Organization.class));
    }

    @Bean
    ExplanationGate explanationGate(
            RequestLine line, PlatformTransactionManager transactions, JdbcClient jdbc, AuditTrail audit, Clock clock) {
        var transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return new ExplanationGate(line, transaction, jdbc, audit, clock);
    }

    @Bean
    WhatIf whatIf(
            StoredFacts stored,
            RulesInTime rules,
            Explainer explainer,
            AssumedRequesters requesters,
            RecordedRequesters recorded,
            ConsentReader reader) {
        return new WhatIf(stored, rules, explainer, requesters, recorded, new DraftReader(reader));
    }

    @Bean
    RecordedReleases recordedReleases(JdbcClient jdbc) {
        return new RecordedReleases(jdbc);
    }

    @Bean
    Replay replay(StoredFacts stored, RulesInTime rules) {
        return new Replay(stored, rules);
    }

    @Bean
    OperationRoutes replays(ExplanationGate gate, RecordedReleases releases, Replay replay, StoredFacts stored) {
        return () ->
                List.of(new ReplayRoutes(gate, releases, replay), new RecipientRoutes(gate, stored, releases, replay));
    }

    @Bean
    ReplayNights replayNights(
            RecordedReleases releases,
            Replay replay,
            PlatformTransactionManager transactions,
            Clock clock,
            MeterRegistry meters) {
        return new ReplayNights(releases, replay, new TransactionTemplate(transactions), clock, meters);
    }

    @Bean
    OperationRoutes explanations(ExplanationGate gate, Explainer explainer, WhatIf whatIf, FhirContext context) {
        var routes = new ArrayList<IResourceProvider>();
        routes.add(new PatientExplainRoutes(gate, explainer));
        routes.add(new WhatIfRoutes(gate, whatIf));
        ResourceTypes.SERVED.stream()
                .filter(type -> !type.equals("Patient"))
                .map(type -> new ExplainRoutes(
                        context.getResourceDefinition(type).getImplementingClass(), type, gate, explainer))
                .forEach(routes::add);
        return () -> routes;
    }
}
