package org.accordhie.local;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenParam;
import java.util.List;
import java.util.Set;
import org.accordhie.fhirserver.RecordImport;
import org.accordhie.fhirserver.StorageView;
import org.accordhie.vocabulary.Requester;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills an empty development server with the sample, each record pushed by the organisation that keeps it. */
final class SampleLoader {

    private static final Logger LOG = LoggerFactory.getLogger(SampleLoader.class);
    private static final String EXCHANGE = "Organization/accord-exchange";
    static final String SYNTHEA = "https://github.com/synthetichealth/synthea";
    private static final long PROGRESS_NANOS = 2_000_000_000L;

    private final FhirContext context;
    private final DaoRegistry daos;
    private final RecordImport records;

    SampleLoader(FhirContext context, DaoRegistry daos, RecordImport records) {
        this.context = context;
        this.daos = daos;
        this.records = records;
    }

    /** Loads the sample unless the exchange already holds a record; an interrupted load is finished by the next start. */
    void load() {
        if (holdsConsents()) {
            return;
        }
        var sample = SampleRecords.read();
        pushPartners();
        var started = System.nanoTime();
        var said = started;
        var resources = 0;
        var bundles = 0;
        for (var entry : sample.bundles().entrySet()) {
            var bundle = context.newJsonParser().parseResource(Bundle.class, entry.getValue());
            push(sourceOf(entry.getKey(), sample), bundle);
            resources += bundle.getEntry().size();
            bundles++;
            if (System.nanoTime() - said > PROGRESS_NANOS) {
                said = System.nanoTime();
                LOG.info(
                        "sample: {} of {} bundles, {}",
                        bundles,
                        sample.bundles().size(),
                        rate(resources, started));
            }
        }
        pushConsents();
        LOG.info("sample: {} bundles and {} consents loaded, {}", bundles, consents(), rate(resources, started));
    }

    private static String rate(int resources, long started) {
        var seconds = Math.max(1, System.nanoTime() - started) / 1e9;
        return "%d resources, %.0f a second".formatted(resources, resources / seconds);
    }

    private String sourceOf(String file, SampleRecords sample) {
        var identifier = sample.sources().get(file);
        return identifier == null
                ? EXCHANGE
                : find(Organization.class, new TokenParam(SYNTHEA, identifier)).get(0);
    }

    private void pushPartners() {
        var partners = new Bundle().setType(BundleType.TRANSACTION);
        for (var partner : DevelopmentPartner.ALL) {
            var id = partner.organization().substring("Organization/".length());
            if (partners.getEntry().stream()
                    .noneMatch(entry -> entry.getFullUrl().equals(partner.organization()))) {
                records.reserve(EXCHANGE, "Organization", partner.organization(), id);
                put(partners, partner.organization(), new Organization().setName(partner.organizationName()));
            }
        }
        push(EXCHANGE, partners);
    }

    private void pushConsents() {
        var consents = new Bundle().setType(BundleType.TRANSACTION);
        SampleConsents.WISHES.forEach((person, wish) -> {
            for (var patient : find(Patient.class, new TokenParam(SYNTHEA, person))) {
                consents.addEntry()
                        .setResource(SampleConsents.consent(wish, patient))
                        .getRequest()
                        .setMethod(HTTPVerb.POST)
                        .setUrl("Consent");
            }
        });
        push(EXCHANGE, consents);
    }

    private static void put(Bundle bundle, String address, Resource resource) {
        bundle.addEntry()
                .setFullUrl(address)
                .setResource(resource)
                .getRequest()
                .setMethod(HTTPVerb.PUT)
                .setUrl(address);
    }

    private void push(String source, Bundle bundle) {
        var loader =
                new Requester("sample-loader", "", source, Set.of(source), null, null, Set.of(), Set.of(), Set.of());
        records.store(loader, bundle);
    }

    private boolean holdsConsents() {
        return consents() > 0;
    }

    /** Those of patients; the rules of law are there before any record. */
    private int consents() {
        var search = new SearchParameterMap()
                .add("scope", SampleConsents.SCOPE_TOKEN)
                .setLoadSynchronous(true);
        return StorageView.WHOLE.during(() -> daos.getResourceDao("Consent")
                .searchForIds(search, new SystemRequestDetails())
                .size());
    }

    private List<String> find(Class<? extends Resource> type, TokenParam identifier) {
        var search = new SearchParameterMap().add("identifier", identifier).setLoadSynchronous(true);
        return StorageView.WHOLE.during(
                () -> daos.getResourceDao(type).searchForResources(search, new SystemRequestDetails()).stream()
                        .map(found ->
                                found.getIdElement().toUnqualifiedVersionless().getValue())
                        .toList());
    }
}
