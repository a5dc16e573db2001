package org.accordhie.benchmark.plain;

import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.model.entity.StorageSettings;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;

/**
 * The storage settings that the stock starter ends up with, where they are not HAPI's own defaults. Source:
 * hapi-fhir-jpaserver-starter 8.10.0-3, {@code application.yaml} and the defaults of its {@code AppProperties}.
 */
class PlainSettings {

    private static final int ONE_HOUR = 60;
    private static final long ONE_MINUTE = 60_000;
    private static final int EXPANSION = 1000;
    private static final int LARGE_CODE_SYSTEM = 100;

    @Bean
    JpaStorageSettings storageSettings() {
        var settings = new JpaStorageSettings();
        searches(settings);
        writes(settings);
        terminology(settings);
        return settings;
    }

    private static void searches(JpaStorageSettings settings) {
        settings.setSearchPreFetchThresholds(List.of(13, 503, 2003, -1));
        settings.setReuseCachedSearchResultsForMillis(ONE_MINUTE);
        settings.setExpireSearchResultsAfterMillis(TimeUnit.MINUTES.toMillis(ONE_HOUR));
        settings.setFetchSizeDefaultMaximum(Integer.MAX_VALUE);
        settings.setAllowContainsSearches(true);
        settings.setFilterParameterEnabled(true);
        settings.setIndexMissingFields(StorageSettings.IndexEnabledEnum.DISABLED);
        settings.setIndexIdentifierOfType(false);
        settings.setIndexStorageOptimized(false);
        settings.setHibernateSearchIndexSearchParams(false);
        settings.setHibernateSearchIndexFullText(false);
    }

    private static void writes(JpaStorageSettings settings) {
        settings.setAutoCreatePlaceholderReferenceTargets(false);
        settings.setMassIngestionMode(false);
        settings.setEnforceReferentialIntegrityOnWrite(true);
        settings.setEnforceReferentialIntegrityOnDelete(true);
        settings.setAllowMultipleDelete(false);
        settings.setAllowExternalReferences(false);
        settings.setMatchUrlCacheEnabled(false);
        settings.setDeleteEnabled(true);
        settings.setDeleteExpungeEnabled(false);
        settings.setExpungeEnabled(true);
        settings.setResourceClientIdStrategy(JpaStorageSettings.ClientIdStrategyEnum.ALPHANUMERIC);
        settings.setResourceDbHistoryEnabled(true);
        settings.setStoreMetaSourceInformation(JpaStorageSettings.StoreMetaSourceInformationEnum.NONE);
        settings.setDefaultSearchParamsCanBeOverridden(true);
        // The starter sets the first of these twice, and the second never.
        settings.setBundleBatchPoolSize(100);
        settings.setTreatReferencesAsLogical(Set.of(
                "http://terminology.hl7.org/*",
                "https://terminology.hl7.org/*",
                "http://snomed.info/*",
                "https://snomed.info/*",
                "http://unitsofmeasure.org/*",
                "https://unitsofmeasure.org/*",
                "http://loinc.org/*",
                "https://loinc.org/*"));
    }

    private static void terminology(JpaStorageSettings settings) {
        settings.setPreExpandValueSets(true);
        settings.setEnableTaskPreExpandValueSets(true);
        settings.setPreExpandValueSetsDefaultCount(EXPANSION);
        settings.setPreExpandValueSetsMaxCount(EXPANSION);
        settings.setMaximumExpansionSize(EXPANSION);
        settings.setDeferIndexingForCodesystemsOfSize(LARGE_CODE_SYSTEM);
    }

    @Bean
    PartitionSettings partitionSettings() {
        return new PartitionSettings();
    }

    @Bean
    SubscriptionSettings subscriptionSettings() {
        return new SubscriptionSettings();
    }
}
