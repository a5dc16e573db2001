package org.accordhie.labels.web;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.accordhie.fhirserver.StoredVersion;
import org.accordhie.labels.LabelBasis;
import org.accordhie.labels.StoredLabels;
import org.accordhie.labels.StoredLabels.Version;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.SecurityLabel;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;

/**
 * Says on each label that the rules gave why it is there, once everything has been decided: with one query for an answer. A
 * basis is neither a fact nor anything to search by.
 *
 * <p>Source: HL7 DS4P 1.0.0, {@code extension-sec-label-basis}.
 */
@Interceptor
public final class ShownBases {

    static final String EXTENSION =
            "http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-sec-label-basis";

    private final StoredLabels stored;

    ShownBases(StoredLabels stored) {
        this.stored = stored;
    }

    /** Completes an answer on its way out. */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void show(IBaseResource answer) {
        var labelled = new ArrayList<Resource>();
        collect(answer, labelled);
        var bases = stored.basesOf(labelled.stream().map(ShownBases::version).toList());
        labelled.forEach(resource -> show(resource, bases.getOrDefault(version(resource), Map.of())));
    }

    private static void collect(IBaseResource answer, List<Resource> labelled) {
        if (answer instanceof Bundle bundle) {
            bundle.getEntry().stream()
                    .filter(Bundle.BundleEntryComponent::hasResource)
                    .forEach(entry -> collect(entry.getResource(), labelled));
        } else if (answer instanceof Resource resource
                && resource.getMeta().hasSecurity()
                && resource.getMeta().hasVersionId()) {
            labelled.add(resource);
        }
    }

    private static Version version(Resource resource) {
        return new Version(resource.fhirType(), resource.getIdElement().getIdPart(), StoredVersion.of(resource));
    }

    private static void show(Resource resource, Map<String, LabelBasis> bases) {
        for (var label : resource.getMeta().getSecurity()) {
            var basis = label.hasCode() ? bases.get(label.getCode()) : null;
            if (basis != null && isOfRules(label) && !label.hasExtension(EXTENSION)) {
                label.addExtension(EXTENSION, coding(basis));
            }
        }
    }

    private static Coding coding(LabelBasis basis) {
        var coding = new Coding(basis.system(), basis.code(), null);
        return basis.version().isEmpty() ? coding : coding.setVersion(basis.version());
    }

    private static boolean isOfRules(Coding label) {
        return SecurityLabel.SENSITIVITY_SYSTEM.equals(label.getSystem())
                || Confidentiality.SYSTEM.equals(label.getSystem());
    }
}
