package org.accordhie.fhirserver;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.context.RuntimeSearchParam.RuntimeSearchParamStatusEnum;
import ca.uhn.fhir.jpa.searchparam.registry.SearchParamRegistryImpl;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * HAPI's search parameters, and for each type one more that finds what is in a patient's compartment: a reference in one of the
 * elements by which a resource of the type can be. It is only found by its name, which no address can say since a colon ends it there, so that nobody asks
 * by it and nothing is indexed for it: HAPI has indexed these elements for its other parameters. Thread-safe.
 */
final class CompartmentParameters extends SearchParamRegistryImpl {

    private static final String PATIENT = "Patient";

    private final FhirContext context;
    private final Map<String, RuntimeSearchParam> known = new ConcurrentHashMap<>();

    CompartmentParameters(FhirContext context) {
        this.context = context;
    }

    @Override
    public @Nullable RuntimeSearchParam getActiveSearchParam(
            String type, String name, SearchParamLookupContextEnum lookup) {
        return name.equals(RequestedInteraction.COMPARTMENT)
                ? known.computeIfAbsent(type, this::parameter)
                : super.getActiveSearchParam(type, name, lookup);
    }

    /** Source: FHIR R4, CompartmentDefinition/patient, as HAPI's definitions of the parameters have it. */
    private RuntimeSearchParam parameter(String type) {
        var paths = context.getResourceDefinition(type).getSearchParamsForCompartmentName(PATIENT).stream()
                .map(RuntimeSearchParam::getPath)
                .distinct()
                .sorted()
                .collect(Collectors.joining(" | "));
        return new RuntimeSearchParam(
                null,
                null,
                RequestedInteraction.COMPARTMENT,
                "what is in a patient's compartment",
                paths,
                RestSearchParameterTypeEnum.REFERENCE,
                Set.of(PATIENT),
                Set.of(PATIENT),
                RuntimeSearchParamStatusEnum.ACTIVE,
                Set.of(type));
    }
}
