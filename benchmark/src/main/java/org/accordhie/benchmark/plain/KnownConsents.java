package org.accordhie.benchmark.plain;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.accordhie.consent.ConsentPolicy;
import org.accordhie.consent.fhir.ConsentReader;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Consent;

/**
 * The consents that were written since the start, in memory: the fastest way there is to know them, which the comparison is
 * to have. Thread-safe.
 */
@Interceptor
public final class KnownConsents {

    private final ConsentReader reader = new ConsentReader();
    private final Map<String, List<ConsentPolicy>> byPatient = new ConcurrentHashMap<>();

    /** HAPI calls this when a resource is stored for the first time. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void created(IBaseResource resource) {
        if (resource instanceof Consent consent) {
            var patient = consent.getPatient()
                    .getReferenceElement()
                    .toUnqualifiedVersionless()
                    .getValue();
            reader.read(consent).ifPresent(policy -> byPatient.merge(patient, List.of(policy), KnownConsents::both));
        }
    }

    private static List<ConsentPolicy> both(List<ConsentPolicy> some, List<ConsentPolicy> others) {
        return java.util.stream.Stream.concat(some.stream(), others.stream()).toList();
    }

    /** The consents of these patients, given as {@code Patient/[id]}. */
    Map<String, List<ConsentPolicy>> of(Collection<String> patients) {
        var found = new HashMap<String, List<ConsentPolicy>>();
        for (var patient : patients) {
            var known = byPatient.get(patient);
            if (known != null) {
                found.put(patient, known);
            }
        }
        return found;
    }
}
