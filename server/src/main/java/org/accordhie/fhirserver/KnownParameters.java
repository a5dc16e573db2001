package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;

/** Refuses what a route does not carry out, since a parameter that is ignored answers another question. */
public final class KnownParameters {

    /** What HAPI itself carries out, whatever is told. */
    private static final Set<String> OF_THE_FORM =
            Set.of("_format", "_pretty", "_elements", "_elements:exclude", "_summary", "_narrative");

    private KnownParameters() {}

    /**
     * Refuses every parameter but those that say how the answer is written, and these. It looks at the request alone.
     *
     * @param own the names that the route carries out
     * @throws InvalidRequestException naming the parameter
     */
    public static void require(RequestDetails request, Set<String> own) {
        in(request).forEach(name -> require(name, own));
    }

    /** The names of the parameters of a request, in its address and, of an operation, in its body. */
    public static Stream<String> in(RequestDetails request) {
        var inAddress = request.getParameters().keySet().stream();
        return request.getResource() instanceof org.hl7.fhir.r4.model.Parameters posted
                ? Stream.concat(
                        inAddress, posted.getParameter().stream().map(parameter -> String.valueOf(parameter.getName())))
                : inAddress;
    }

    /** Takes what an operation was posted for what stands in its address, so that the links to other pages hold it. */
    static void addPosted(RequestDetails request) {
        if (request.getResource() instanceof org.hl7.fhir.r4.model.Parameters posted) {
            posted.getParameter().stream()
                    .filter(ParametersParameterComponent::hasValue)
                    .collect(Collectors.groupingBy(
                            ParametersParameterComponent::getName,
                            Collectors.mapping(each -> each.getValue().primitiveValue(), Collectors.toList())))
                    .forEach((name, values) -> request.addParameter(name, values.toArray(String[]::new)));
        }
    }

    private static void require(String name, Set<String> own) {
        if (!OF_THE_FORM.contains(name) && !own.contains(name)) {
            throw new InvalidRequestException("unknown parameter `" + Parameters.safe(name) + "`");
        }
    }
}
