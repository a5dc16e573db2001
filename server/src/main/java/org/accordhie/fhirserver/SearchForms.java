package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/** The forms of search values that HAPI takes for granted, and fails over where they are others. */
final class SearchForms {

    /** HAPI knows the parameter and cannot carry it out: one of its halves is a reference. */
    private static final Set<String> UNANSWERED = Set.of("DocumentReference.relationship");

    private static final Pattern OR = Pattern.compile("(?<!\\\\),");

    /** Source: FHIR R4, Search, Composite Search Parameters. */
    private static final Pattern COMPOSITE = Pattern.compile("(?:[^$\\\\]|\\\\.)++\\$(?:[^$\\\\]|\\\\.)++");

    /** Source: FHIR R4, Location, Positional Searching. */
    private static final Pattern NEAR = Pattern.compile("-?[0-9]++(?:\\.[0-9]++)?+\\|-?[0-9]++(?:\\.[0-9]++)?+"
            + "(?:\\|(?:[0-9]++(?:\\.[0-9]++)?+)?+(?:\\|[A-Za-z\\[\\]_]*+)?+)?+");

    private SearchForms() {}

    static boolean isUnanswered(String resourceType, String parameter) {
        return UNANSWERED.contains(resourceType + "." + parameter);
    }

    /** Whether the value can be of the type; what HAPI finds out by itself is left to it. */
    static boolean canBe(RestSearchParameterTypeEnum type, String value) {
        return switch (type) {
            case COMPOSITE ->
                Arrays.stream(OR.split(value, -1))
                        .allMatch(part -> COMPOSITE.matcher(part).matches());
            case SPECIAL ->
                Arrays.stream(OR.split(value, -1))
                        .allMatch(part -> NEAR.matcher(part).matches());
            default -> true;
        };
    }
}
