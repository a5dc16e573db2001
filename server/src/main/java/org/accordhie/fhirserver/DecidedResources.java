package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;

/**
 * What a request has decided to tell, so that the {@link ResponseGate} can hold its answer against it. Entries of a bundle
 * share it. Used by one thread, that of the request.
 */
public final class DecidedResources {

    /** What tells of the request and of the server, and of nobody's record. */
    private static final Set<String> OF_THE_ANSWER =
            Set.of("OperationOutcome", "CapabilityStatement", "OperationDefinition");

    private final Set<String> versions = new HashSet<>();

    /** Takes down what a step of the line has decided to tell, as it is told. */
    public static void add(RequestDetails details, Collection<? extends IBaseResource> told) {
        if (details instanceof ServletRequestDetails over) {
            told.forEach(each -> collect(each, of(over).versions));
        }
    }

    /** Takes down what a caller wrote, or what the step behind {@link RequestLine#own} gave. */
    static <T> T told(RequestDetails details, T answer) {
        if (answer instanceof IBaseResource resource) {
            add(details, List.of(resource));
        } else if (answer instanceof MethodOutcome outcome && outcome.getResource() != null) {
            add(details, List.of(outcome.getResource()));
        } else if (answer instanceof Collection<?> several) {
            several.forEach(each -> told(details, each));
        }
        return answer;
    }

    /** Whether everything of a record that the answer holds has been decided. */
    static boolean holdAllOf(ServletRequestDetails details, IBaseResource answer) {
        return of(details).versions.containsAll(versionsIn(answer));
    }

    private static DecidedResources of(ServletRequestDetails details) {
        var request = details.getServletRequest();
        var known = RequestContext.get(request, DecidedResources.class);
        if (known.isPresent()) {
            return known.get();
        }
        var fresh = new DecidedResources();
        RequestContext.put(request, DecidedResources.class, fresh);
        return fresh;
    }

    private static Set<String> versionsIn(IBaseResource answer) {
        var versions = new HashSet<String>();
        collect(answer, versions);
        return versions;
    }

    private static void collect(IBaseResource answer, Set<String> versions) {
        if (answer instanceof Bundle bundle) {
            bundle.getEntry().stream()
                    .filter(BundleEntryComponent::hasResource)
                    .forEach(entry -> collect(entry.getResource(), versions));
        } else if (answer instanceof Parameters parameters) {
            parameters.getParameter().forEach(parameter -> collect(parameter, versions));
        } else if (!OF_THE_ANSWER.contains(answer.fhirType())) {
            versions.add(answer.fhirType() + "/" + answer.getIdElement().getIdPart() + "/_history/" + version(answer));
        }
    }

    /** HAPI gives some answers their {@code meta} later. */
    private static String version(IBaseResource resource) {
        var id = resource.getIdElement();
        return String.valueOf(
                id.hasVersionIdPart()
                        ? id.getVersionIdPart()
                        : resource.getMeta().getVersionId());
    }

    private static void collect(ParametersParameterComponent parameter, Set<String> versions) {
        if (parameter.hasResource()) {
            collect(parameter.getResource(), versions);
        }
        parameter.getPart().forEach(part -> collect(part, versions));
    }
}
