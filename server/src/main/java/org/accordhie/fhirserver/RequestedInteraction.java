package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.accordhie.vocabulary.Interaction;

/**
 * One interaction asked for over HTTP, by itself or as an entry of a bundle.
 *
 * @param interaction what it does
 * @param resourceType the type named in the address
 * @param instance the id named in the address; empty where it names none
 * @param conditional whether it depends on what a search finds
 * @param operation the operation named in the address whose own right it needs, with its dollar sign; else empty
 * @param details the request as HAPI sees it
 */
public record RequestedInteraction(
        Interaction interaction,
        String resourceType,
        String instance,
        boolean conditional,
        String operation,
        RequestDetails details) {

    /** The operation that reads and searches a whole record. */
    public static final String EVERYTHING = "$everything";

    /** Of {@link #EVERYTHING}, the first day of care. */
    public static final String START = "start";

    /** Of {@link #EVERYTHING}, the last day of care. */
    public static final String END = "end";

    /** The parameter by which a search of a compartment is carried out; no address can name it. */
    public static final String COMPARTMENT = ":compartment";

    /** The operation that reads and searches whole types in the background. */
    public static final String EXPORT = "$export";

    /** A plain interaction, or an operation that needs no more than one. */
    public RequestedInteraction(
            Interaction interaction,
            String resourceType,
            String instance,
            boolean conditional,
            RequestDetails details) {
        this(interaction, resourceType, instance, conditional, "", details);
    }

    /** The same about what its condition has found. */
    public RequestedInteraction named(String id) {
        return new RequestedInteraction(interaction, resourceType, id, conditional, operation, details);
    }

    /** The letters that must be granted for each resource that it tells of. */
    public String letters() {
        return operation.equals(EVERYTHING) || operation.equals(EXPORT) ? "rs" : String.valueOf(interaction.letter());
    }

    /** The address asked for, without the server's base; of a posted search, as it would stand in an address. */
    public String query() {
        var address = details.getCompleteUrl();
        var base = details.getFhirServerBase();
        if (address == null) {
            return ofAnEntry();
        }
        if (isWrittenByABundle()) {
            return "/" + resourceType + (instance.isEmpty() ? "" : "/" + instance);
        }
        var path = base != null && address.startsWith(base) ? address.substring(base.length()) : address;
        var isPostedSearch = details.getRequestType() == RequestTypeEnum.POST && interaction == Interaction.SEARCH_TYPE;
        return isPostedSearch ? path.split("[?]", 2)[0] + posted() : path;
    }

    /** The entries of a batch that write share the request of the whole, which names no type. */
    private boolean isWrittenByABundle() {
        return details.getRequestType() == RequestTypeEnum.POST
                && details.getResourceName() == null
                && details.getOperation() == null
                && ResourceTypes.SERVED.contains(resourceType);
    }

    /** Reading entries of a bundle have no whole address. */
    private String ofAnEntry() {
        var path = details.getRequestPath();
        return path == null
                ? resourceType + (instance.isEmpty() ? "" : "/" + instance)
                : "/" + path + (details.getParameters().isEmpty() ? "" : posted());
    }

    private String posted() {
        return details.getParameters().entrySet().stream()
                .flatMap(each ->
                        Arrays.stream(each.getValue()).map(value -> encode(each.getKey()) + "=" + encode(value)))
                .collect(Collectors.joining("&", "?", ""));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
