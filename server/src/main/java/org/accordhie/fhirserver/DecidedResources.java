package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Collection;
import java.util.HashSet;
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

    private final Set<String> versions = new HashSet<>();

    /**
     * Takes down what a step of the line has decided.
     *
     * @param versions each as {@code [type]/[id]/_history/[version]}
     */
    public static void add(RequestDetails details, Collection<String> versions) {
        if (details instanceof ServletRequestDetails over) {
            of(over).versions.addAll(versions);
        }
    }

    /** Takes down what a caller wrote, or what the step behind {@link RequestLine#own} gave. */
    static <T> T told(RequestDetails details, T answer) {
        if (answer instanceof IBaseResource resource) {
            add(details, versionsIn(resource));
        } else if (answer instanceof MethodOutcome outcome && outcome.getResource() != null) {
            add(details, versionsIn(outcome.getResource()));
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
        } else if (ResourceTypes.SERVED.contains(answer.fhirType())) {
            versions.add(answer.fhirType() + "/" + answer.getIdElement().getIdPart() + "/_history/"
                    + answer.getMeta().getVersionId());
        }
    }

    private static void collect(ParametersParameterComponent parameter, Set<String> versions) {
        if (parameter.hasResource()) {
            collect(parameter.getResource(), versions);
        }
        parameter.getPart().forEach(part -> collect(part, versions));
    }
}
