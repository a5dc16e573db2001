package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whether the running thread may leave what it loads as {@link StoredText}. It may where the answer is the stored JSON: not
 * where another format, fewer elements or a layout are asked for, and not for an entry of a bundle, whose answer HAPI makes.
 */
final class Unparsed {

    private static final ThreadLocal<Boolean> WANTED = ThreadLocal.withInitial(() -> false);

    /**
     * The parameters beside those of the type that say which resources are meant, or are looked at below. Whatever else HAPI knows,
     * or will know, may say how they are to be written.
     */
    private static final Set<String> OF_WHICH = Set.of(
            "_format",
            "_has",
            "_id",
            "_include",
            "_lastUpdated",
            "_offset",
            "_count",
            "_profile",
            "_revinclude",
            "_security",
            "_since",
            "_sort",
            "_source",
            "_tag",
            "_total",
            "_type");

    private Unparsed() {}

    static boolean isWanted() {
        return WANTED.get();
    }

    /** Runs a read of storage for a request, leaving unparsed what its answer does not need parsed. */
    static <T> T during(RequestDetails details, Supplier<T> storage) {
        var former = WANTED.get();
        WANTED.set(isEnoughFor(details));
        try {
            return storage.get();
        } finally {
            WANTED.set(former);
        }
    }

    /** Whether the stored JSON is what the request asks for. */
    static boolean isEnoughFor(RequestDetails details) {
        return details.getClass() == ServletRequestDetails.class
                && details.getServer() instanceof RestfulServer server
                && details.getParameters().keySet().stream().allMatch(Unparsed::isOfWhich)
                && !RestfulServerUtils.prettyPrintResponse(server, details)
                && isJson(details);
    }

    private static boolean isOfWhich(String name) {
        return !name.startsWith("_") || OF_WHICH.contains(name.split("[:.]", 2)[0]);
    }

    private static boolean isJson(RequestDetails details) {
        var asked = RestfulServerUtils.determineResponseEncodingNoDefault(details, EncodingEnum.JSON);
        return asked == null || asked.getEncoding() == EncodingEnum.JSON;
    }
}
