package org.accordhie.fhirserver;

import ca.uhn.fhir.context.FhirVersionEnum;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.util.DateUtils;
import java.io.IOException;
import java.io.Writer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.jspecify.annotations.Nullable;

/** Lets resources that were not parsed leave as they are stored: HAPI writes what it knows of them, and the text is put in. */
@Interceptor
final class StoredAnswers {

    /**
     * The rests of the resources of an answer, in their order.
     *
     * @param isBundle whether these are the entries of a bundle
     * @param rests null for one that is written by HAPI; none where all are
     */
    private record Rests(boolean isBundle, List<@Nullable String> rests) {}

    /**
     * Called once HAPI has the whole answer, and has sent nothing of it, after the {@link ResponseGate}.
     *
     * @return whether HAPI is to write it; else it has been sent
     */
    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = ResponseGate.ORDER + 1)
    public boolean collect(ServletRequestDetails details, IBaseResource answer) throws IOException {
        if (answer == null) {
            return true;
        }
        if (!Unparsed.isEnoughFor(details)) {
            requireParsed(answer);
            return true;
        }
        var whole = whole(details, answer);
        if (whole.isPresent()) {
            send(details, answer, whole.get());
            return false;
        }
        var rests = resourcesIn(answer).stream().map(StoredAnswers::rest).toList();
        // Answers of which nothing is put in go the same way, so that nobody can tell them apart by how they are sent.
        var some = rests.stream().anyMatch(Objects::nonNull) ? rests : List.<@Nullable String>of();
        RequestContext.put(details.getServletRequest(), Rests.class, new Rests(answer instanceof Bundle, some));
        return true;
    }

    private static Optional<String> whole(ServletRequestDetails details, IBaseResource answer) {
        // Of a page of none HAPI tells two elements.
        var isCountAlone = Objects.equals(RestfulServerUtils.extractCountParameter(details), 0);
        return isCountAlone ? Optional.empty() : StoredJson.of(answer, parserFor(details));
    }

    private static IParser parserFor(ServletRequestDetails details) {
        return RestfulServerUtils.getNewParser(details.getFhirContext(), FhirVersionEnum.R4, details);
    }

    /** With the headers that HAPI gives it, and, as it does, without a word where nobody is there any more to hear it. */
    private static void send(ServletRequestDetails details, IBaseResource answer, String whole) throws IOException {
        var response = details.getResponse();
        headers(details, answer).forEach(response::addHeader);
        var writer = response.getResponseWriter(
                details.getServletResponse().getStatus(),
                RestfulServerUtils.determineResponseEncodingWithDefault(details).getResourceContentType(),
                Constants.CHARSET_NAME_UTF8,
                details.isRespondGzip());
        response.commitResponse(() -> {
            try (writer) {
                writer.write(whole);
            }
        });
    }

    private static Map<String, String> headers(ServletRequestDetails details, IBaseResource answer) {
        var headers = new LinkedHashMap<String, String>();
        var asked = details.getRestOperationType();
        if (asked != RestOperationTypeEnum.SEARCH_TYPE) {
            var address = RestfulServerUtils.fullyQualifyResourceIdOrReturnNull(
                            details.getServer(), answer, details.getFhirServerBase(), answer.getIdElement())
                    .getValue();
            if (details.getRequestType() == RequestTypeEnum.POST) {
                headers.put(Constants.HEADER_LOCATION, address);
            }
            headers.put(Constants.HEADER_CONTENT_LOCATION, address);
        }
        if (asked == RestOperationTypeEnum.READ || asked == RestOperationTypeEnum.VREAD) {
            headers.put(
                    Constants.HEADER_ETAG,
                    RestfulServerUtils.createEtag(answer.getMeta().getVersionId()));
        }
        var updated = answer.getMeta().getLastUpdated();
        if (updated != null) {
            headers.put(Constants.HEADER_LAST_MODIFIED, DateUtils.formatDate(updated));
        }
        return headers;
    }

    /** A text that was not put in would leave its resource without content, as if that were all. */
    private static void requireParsed(IBaseResource answer) {
        if (resourcesIn(answer).stream()
                .anyMatch(resource -> StoredText.of(resource).isPresent())) {
            throw new IllegalStateException("a resource was left unparsed for an answer that needs it parsed");
        }
    }

    private static List<? extends IBaseResource> resourcesIn(IBaseResource answer) {
        if (!(answer instanceof Bundle bundle)) {
            return Collections.singletonList(answer);
        }
        return bundle.getEntry().stream()
                .filter(BundleEntryComponent::hasResource)
                .map(BundleEntryComponent::getResource)
                .toList();
    }

    private static @Nullable String rest(IBaseResource resource) {
        return StoredText.of(resource)
                .map(text -> text.rest(resource.fhirType()))
                .orElse(null);
    }

    /** The answer that was meant is not given. */
    @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
    public void forget(ServletRequestDetails details) {
        details.getServletRequest().removeAttribute(Rests.class.getName());
    }

    /** Gives HAPI another writer where something is to be put in. */
    @Hook(Pointcut.SERVER_OUTGOING_WRITER_CREATED)
    public @Nullable Writer splice(ServletRequestDetails details, Writer writer) {
        return RequestContext.get(details, Rests.class)
                .map(found -> new SplicingWriter(writer, found.isBundle(), found.rests()))
                .orElse(null);
    }
}
