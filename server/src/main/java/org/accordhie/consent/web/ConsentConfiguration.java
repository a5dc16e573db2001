package org.accordhie.consent.web;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.searchparam.extractor.ISearchParamExtractor;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.audit.AuditTrail;
import org.accordhie.consent.ReleasedViews;
import org.accordhie.consent.Resolution;
import org.accordhie.consent.fhir.ConsentReader;
import org.accordhie.consent.fhir.FactsReader;
import org.accordhie.consent.fhir.SoughtElements;
import org.accordhie.consent.fhir.TokenResidualReader;
import org.accordhie.consent.jpa.ConsentJournal;
import org.accordhie.consent.jpa.ConsentRegistry;
import org.accordhie.consent.jpa.PolicyTable;
import org.accordhie.consent.jpa.ReleaseClasses;
import org.accordhie.consent.jpa.ReleaseIndex;
import org.accordhie.consent.jpa.ResolvedConsents;
import org.accordhie.consent.jpa.StoredFacts;
import org.accordhie.directory.Directory;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.fhirserver.AccordProperties.Partner;
import org.accordhie.fhirserver.RecordImport;
import org.accordhie.fhirserver.ReleaseGate;
import org.accordhie.fhirserver.WriteStep;
import org.accordhie.review.Emergencies;
import org.accordhie.smart.fhir.SearchTokens;
import org.accordhie.terminology.Terminology;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the decision together with what it reads and what carries it out. */
@Configuration(proxyBeanMethods = false)
class ConsentConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    PolicyTable policyTable(JdbcClient jdbc) {
        return new PolicyTable(jdbc);
    }

    @Bean
    PolicySeeding policySeeding(
            FhirContext context,
            PolicyTable policies,
            RecordImport records,
            PlatformTransactionManager transactions,
            AccordProperties properties) {
        return new PolicySeeding(
                context, policies, records, new TransactionTemplate(transactions), properties.policies());
    }

    /** Records keep the place that their organisation had when they were pushed, so here is what only a restart changes. */
    @Bean
    FactsReader factsReader(FhirContext context, AccordProperties properties) {
        var hierarchy = properties.partners().stream()
                .collect(Collectors.toMap(
                        Partner::organization, ConsentConfiguration::withThoseAbove, ConsentConfiguration::union));
        return new FactsReader(
                context,
                properties.baseUrl().toString(),
                organizations -> organizations.stream()
                        .flatMap(each -> hierarchy.getOrDefault(each, Set.of(each)).stream())
                        .collect(Collectors.toSet()));
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
    }

    private static Set<String> withThoseAbove(Partner partner) {
        return union(partner.partOf(), Set.of(partner.organization()));
    }

    @Bean
    ConsentReader consentReader() {
        return new ConsentReader();
    }

    @Bean
    ReleaseClasses releaseClasses(JdbcClient jdbc) {
        return new ReleaseClasses(jdbc);
    }

    @Bean
    ConsentRegistry consentRegistry(JdbcClient jdbc) {
        return new ConsentRegistry(jdbc);
    }

    @Bean
    ReleaseIndex releaseIndex(JdbcTemplate jdbc, ReleaseClasses classes, ConsentRegistry consents) {
        return new ReleaseIndex(jdbc, classes, consents);
    }

    @Bean
    ConsentJournal consentJournal(JdbcClient jdbc) {
        return new ConsentJournal(jdbc);
    }

    @Bean
    ConsentLifecycle consentLifecycle(
            ConsentReader reader,
            ConsentRegistry registry,
            ResolvedConsents resolved,
            ConsentJournal journal,
            Clock clock) {
        return new ConsentLifecycle(reader, registry, resolved, journal, clock);
    }

    @Bean
    ResolvedConsents resolvedConsents(JdbcClient jdbc, Terminology terminology) {
        return new ResolvedConsents(jdbc, terminology);
    }

    @Bean
    Resolution resolution(ResolvedConsents resolved) {
        return resolved.resolution();
    }

    @Bean
    SearchTokens searchTokens(FhirContext context, ISearchParamExtractor extractor, ISearchParamRegistry parameters) {
        return new SearchTokens(context, extractor, parameters);
    }

    @Bean
    WriteStep releaseIndexing(
            ConsentLifecycle consents, PolicyTable policies, ReleaseIndex index, SearchTokens tokens) {
        return new ReleaseIndexing(consents, new PolicyIndexing(policies), index, tokens);
    }

    @Bean
    ReleaseGate releaseGate(
            PlatformTransactionManager transactions,
            ConsentEnforcementPoint.Deciding deciding,
            ISearchParamRegistry parameters,
            AuditTrail audit,
            Clock clock,
            MeterRegistry meters) {
        var snapshot = new TransactionTemplate(transactions);
        snapshot.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        var closed = new ClosedParameters(new SoughtElements(parameters));
        return new ConsentEnforcementPoint(snapshot, deciding, closed, audit, clock, meters);
    }

    @Bean
    ReleasedViews releasedViews(
            PlatformTransactionManager transactions, ConsentEnforcementPoint.Deciding deciding, Clock clock) {
        var snapshot = new TransactionTemplate(transactions);
        snapshot.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return new GrantedView(snapshot, deciding, clock);
    }

    @Bean
    ResidualView residualView(
            JdbcClient jdbc, FhirContext context, AccordProperties properties, Resolution resolution) {
        var residuals = new TokenResidualReader(context, properties.baseUrl().toString());
        return new ResidualView(jdbc, residuals, resolution);
    }

    @Bean
    Withholding withholding(FhirContext context, JdbcClient jdbc, FactsReader factsReader) {
        return new Withholding(context, new HiddenReferences(jdbc), factsReader);
    }

    @Bean
    ToldFacts toldFacts(FhirContext context, StoredFacts stored) {
        return new ToldFacts(context, stored);
    }

    @Bean
    ConsentEnforcementPoint.Deciding deciding(
            ReleaseClasses classes,
            ConsentRegistry consents,
            PolicyTable policies,
            ToldFacts toldFacts,
            Directory directory,
            ResidualView view,
            SearchTokens tokens,
            Withholding withholding,
            JdbcClient jdbc,
            Emergencies emergencies) {
        return new ConsentEnforcementPoint.Deciding(
                view,
                classes,
                consents,
                policies,
                toldFacts,
                tokens,
                directory,
                withholding,
                new VersionNumbers(jdbc),
                emergencies);
    }
}
