package org.accordhie.intake.web;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.config.HapiFhirHibernateJpaDialect;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.util.IMetaTagSorter;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.accordhie.audit.AuditTrail;
import org.accordhie.consent.fhir.FactsReader;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.fhirserver.ReleaseGate;
import org.accordhie.fhirserver.WriteStep;
import org.accordhie.fhirserver.gate.BodyBounds;
import org.accordhie.intake.fhir.BundleIntake;
import org.accordhie.intake.fhir.EntryIdentities;
import org.accordhie.intake.fhir.NewIds;
import org.accordhie.intake.fhir.ReferenceTargets;
import org.accordhie.intake.fhir.Referrers;
import org.accordhie.intake.fhir.ResourcePatch;
import org.accordhie.intake.fhir.SingleUpdate;
import org.accordhie.intake.jpa.FormerVersions;
import org.accordhie.intake.jpa.SourceIdentities;
import org.accordhie.labels.fhir.BundleLabels;
import org.accordhie.smart.fhir.SearchTokens;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the intake together. */
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

    @Bean
    SourceIdentities sourceIdentities(JdbcClient jdbc) {
        return new SourceIdentities(jdbc);
    }

    @Bean
    ReferenceTargets referenceTargets(JdbcClient jdbc, PartitionSettings partitions) {
        return new ReferenceTargets(jdbc, partitions);
    }

    @Bean
    NewIds newIds() {
        return () -> UUID.randomUUID().toString();
    }

    @Bean
    EntryIdentities entryIdentities(SourceIdentities identities, NewIds newIds) {
        return new EntryIdentities(identities, newIds);
    }

    @Bean
    BundleIntake bundleIntake(
            FhirContext context,
            EntryIdentities identities,
            BundleLabels labels,
            BundleIntake.Storage storage,
            FactsReader facts,
            AccordProperties properties) {
        return new BundleIntake(
                context,
                identities,
                labels,
                storage,
                facts,
                properties.baseUrl().toString());
    }

    @Bean
    BundleIntake.Storage intakeStorage(
            IFhirSystemDao<Bundle, Meta> systemDao,
            SingleUpdate single,
            EntityManager entities,
            JdbcClient jdbc,
            IMetaTagSorter sorter) {
        return new BundleIntake.Storage(systemDao, single, entities, new Referrers(jdbc), sorter);
    }

    @Bean
    SingleUpdate singleUpdate(DaoRegistry daos, EntityManager entities, HapiFhirHibernateJpaDialect dialect) {
        return new SingleUpdate(daos, entities, dialect);
    }

    @Bean
    OwnRecords ownRecords(
            ReferenceTargets targets, SourceIdentities identities, ReleaseGate releases, DaoRegistry daos) {
        return new OwnRecords(targets, identities, releases, daos);
    }

    @Bean
    Patching patching(OwnRecords own, FhirContext context, AccordProperties properties) {
        var limits = properties.limits();
        return new Patching(own, new ResourcePatch(context, new BodyBounds(limits.depth(), limits.bundleEntries())));
    }

    @Bean
    PatchEntries patchEntries(Patching patching, FhirContext context) {
        return new PatchEntries(patching, context);
    }

    @Bean
    WriteReach writeReach(JdbcClient jdbc, SearchTokens tokens) {
        return new WriteReach(new FormerVersions(jdbc), tokens);
    }

    @Bean
    PushTransaction.Following following(List<WriteStep> steps, WriteReach reach, AuditTrail audit, Clock clock) {
        return new PushTransaction.Following(steps, reach, audit, clock);
    }

    @Bean
    PushTransaction pushTransaction(
            PlatformTransactionManager transactions,
            BundleIntake intake,
            ReferenceTargets targets,
            SourceIdentities identities,
            PushTransaction.Following following,
            ReleaseGate releases) {
        var transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return new PushTransaction(transaction, intake, targets, identities, following, releases);
    }
}
