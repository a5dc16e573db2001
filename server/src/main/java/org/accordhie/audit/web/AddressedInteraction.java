package org.accordhie.audit.web;

import java.util.List;
import java.util.Set;
import org.accordhie.audit.RestfulInteraction;

/**
 * What the address of a request seems to ask for, where no route has said what it does. Source: FHIR R4, RESTful API,
 * "Summary".
 *
 * @param interaction as far as method and path tell
 * @param resourceType the type that the path names; empty where it names none
 */
record AddressedInteraction(RestfulInteraction interaction, String resourceType) {

    private static final String HISTORY = "_history";

    /**
     * Reads an address.
     *
     * @param path below the server's base
     * @param types the names of all types
     */
    static AddressedInteraction of(String method, String path, Set<String> types) {
        var steps = List.of(path.replaceFirst("^/+", "").split("/+", -1));
        var type = types.contains(steps.get(0)) ? steps.get(0) : "";
        return new AddressedInteraction(interaction(method, steps, !type.isEmpty()), type);
    }

    private static RestfulInteraction interaction(String method, List<String> steps, boolean isTyped) {
        if (steps.stream().anyMatch(step -> step.startsWith("$"))) {
            return RestfulInteraction.OPERATION;
        }
        if (!isTyped) {
            return ofTheSystem(method, steps.get(0));
        }
        return switch (method) {
            case "GET", "HEAD" -> reading(steps);
            case "POST" -> steps.contains("_search") ? RestfulInteraction.SEARCH_TYPE : RestfulInteraction.CREATE;
            case "PUT" -> RestfulInteraction.UPDATE;
            case "PATCH" -> RestfulInteraction.PATCH;
            case "DELETE" -> RestfulInteraction.DELETE;
            default -> RestfulInteraction.OTHER;
        };
    }

    private static RestfulInteraction ofTheSystem(String method, String step) {
        if (step.equals("metadata")) {
            return RestfulInteraction.CAPABILITIES;
        }
        if (step.equals(HISTORY)) {
            return RestfulInteraction.HISTORY_SYSTEM;
        }
        if (!step.isEmpty()) {
            return RestfulInteraction.OTHER;
        }
        return switch (method) {
            case "POST" -> RestfulInteraction.BATCH;
            case "GET" -> RestfulInteraction.SEARCH_SYSTEM;
            default -> RestfulInteraction.OTHER;
        };
    }

    private static RestfulInteraction reading(List<String> steps) {
        return switch (steps.size()) {
            case 1 -> RestfulInteraction.SEARCH_TYPE;
            case 2 -> steps.get(1).equals(HISTORY) ? RestfulInteraction.HISTORY_TYPE : RestfulInteraction.READ;
            case 3 ->
                steps.get(2).equals(HISTORY) ? RestfulInteraction.HISTORY_INSTANCE : RestfulInteraction.SEARCH_TYPE;
            default -> steps.get(2).equals(HISTORY) ? RestfulInteraction.VREAD : RestfulInteraction.OTHER;
        };
    }
}
