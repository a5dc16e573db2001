package org.accordhie.fhirserver;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/**
 * Makes every error answer of the FHIR endpoint, so that none tells of stored data: what is about the request says what and
 * where; what is about the data is constant; what is our own fault is constant with an id to look for in the log.
 */
@Interceptor
public final class ErrorFactory {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorFactory.class);

    /** Statuses whose message depends on the request alone. */
    private static final Set<Integer> ABOUT_THE_REQUEST = Set.of(400, 405, 406, 415, 422, 429, 501);

    private static final List<String> READERS_OF_VALUES =
            List.of("ca.uhn.fhir.rest.param.", "ca.uhn.fhir.jpa.search.builder.predicate.");

    private static final Set<String> READERS_OF_BODIES = Set.of(
            "ca.uhn.fhir.rest.server.method.ResourceParameter", "ca.uhn.fhir.rest.server.method.TransactionParameter");

    /** Source: RFC 6750, section 3.1. */
    private static final String MORE_IS_NEEDED = "Bearer realm=\"accord\", error=\"insufficient_scope\"";

    /** Replaces what was thrown. */
    @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
    public BaseServerResponseException replace(Throwable thrown) {
        if (isOfAParameter(thrown)) {
            return withOutcome(ofAParameter(thrown));
        }
        if (thrown instanceof BaseServerResponseException known) {
            return withOutcome(known);
        }
        // What HAPI cannot read before a route is reached comes from the request, as in HAPI's own handling.
        if (thrown instanceof DataFormatException unreadable) {
            return withOutcome(new InvalidRequestException(unreadable.getMessage(), unreadable));
        }
        return withOutcome(
                isOfTheBody(thrown)
                        ? new InvalidRequestException("the body cannot be read as a resource", thrown)
                        : new InternalErrorException(thrown));
    }

    /** The same failure, or a refusal in its place where HAPI took a bad value for a fault of its own. */
    static RuntimeException named(RuntimeException thrown) {
        return isOfAParameter(thrown) ? ofAParameter(thrown) : thrown;
    }

    private static InvalidRequestException ofAParameter(Throwable thrown) {
        return new InvalidRequestException("the value of a parameter has not the form of its type", thrown);
    }

    /** Half an answer is out: nothing may follow it, and only a broken connection says that it is not whole. */
    @Hook(Pointcut.SERVER_HANDLE_EXCEPTION)
    public void breakOff(HttpServletResponse response, BaseServerResponseException thrown) {
        if (response.isCommitted()) {
            throw new IllegalStateException("answer broken off", thrown);
        }
    }

    /**
     * HAPI reads some values, such as the halves of a composite, only when it searches, and takes its failure for its own; of
     * numbers and positions it has no exception of its own.
     */
    private static boolean isOfAParameter(Throwable thrown) {
        var cause = thrown instanceof InternalErrorException ? thrown.getCause() : thrown;
        return (cause instanceof IllegalArgumentException || (cause instanceof DataFormatException && cause != thrown))
                && Arrays.stream(cause.getStackTrace())
                        .map(StackTraceElement::getClassName)
                        .anyMatch(name -> READERS_OF_VALUES.stream().anyMatch(name::startsWith));
    }

    /** HAPI's parser has other exceptions too for what is wrong with a body. */
    private static boolean isOfTheBody(Throwable thrown) {
        return thrown instanceof RuntimeException
                && Arrays.stream(thrown.getStackTrace())
                        .anyMatch(frame -> READERS_OF_BODIES.contains(frame.getClassName()));
    }

    /** The answer of one entry of a batch. */
    static BundleEntryComponent entry(BaseServerResponseException thrown) {
        var told = withOutcome(thrown);
        var entry = new BundleEntryComponent();
        entry.getResponse().setStatus(String.valueOf(told.getStatusCode())).setOutcome((OperationOutcome)
                told.getOperationOutcome());
        return entry;
    }

    /**
     * The answer of a bundle's reading entry, which HAPI makes by itself: its own errors tell what is hidden from what is
     * not there, and repeat values.
     */
    static BundleEntryComponent readEntry(BundleEntryComponent answered) {
        var status = answered.getResponse().getStatus();
        if (status.startsWith("2") || status.startsWith("3")) {
            return answered;
        }
        var said = answered.getResponse().getOutcome() instanceof OperationOutcome outcome
                ? outcome.getIssueFirstRep().getDiagnostics()
                : null;
        return entry(BaseServerResponseException.newInstance(Integer.parseInt(status.substring(0, 3)), said));
    }

    private static BaseServerResponseException withOutcome(BaseServerResponseException thrown) {
        var status = thrown.getStatusCode();
        if (status == 304) {
            // Not an error: a conditional read of something that has not changed.
            return thrown;
        }
        if (status == 404 || status == 410) {
            return said(new ResourceNotFoundException("not found"), IssueType.NOTFOUND, "not found");
        }
        if (status == 403) {
            var forbidden =
                    said(new ForbiddenOperationException("not permitted"), IssueType.FORBIDDEN, "not permitted");
            forbidden.addResponseHeader(HttpHeaders.WWW_AUTHENTICATE, MORE_IS_NEEDED);
            return forbidden;
        }
        if (status == 409 || status == 412) {
            return said(
                    BaseServerResponseException.newInstance(status, "conflict"),
                    IssueType.CONFLICT,
                    status == 409
                            ? "the request conflicts with another one or with what refers to the resource"
                            : "the condition does not hold");
        }
        if (ABOUT_THE_REQUEST.contains(status)) {
            return aboutTheRequest(thrown, status);
        }
        return unexpected(thrown);
    }

    private static BaseServerResponseException aboutTheRequest(BaseServerResponseException thrown, int status) {
        if (thrown.getOperationOutcome() instanceof OperationOutcome ours
                && !ours.getIssue().isEmpty()) {
            return thrown;
        }
        var message = RequestErrors.withoutValues(thrown.getMessage());
        return said(
                BaseServerResponseException.newInstance(status, message),
                status == 422 ? IssueType.BUSINESSRULE : IssueType.INVALID,
                message);
    }

    private static BaseServerResponseException unexpected(Throwable thrown) {
        var id = UUID.randomUUID().toString();
        // Messages of exceptions may hold patient data; classes and places do not.
        LOG.error("error {}: {}", id, Traces.of(thrown));
        return said(
                new InternalErrorException("error " + id),
                IssueType.EXCEPTION,
                "the server failed; its log tells why under the id " + id);
    }

    private static BaseServerResponseException said(
            BaseServerResponseException exception, IssueType type, String diagnostics) {
        exception.setOperationOutcome(outcome(type, diagnostics));
        return exception;
    }

    /** An OperationOutcome with one error. */
    public static OperationOutcome outcome(IssueType type, String diagnostics) {
        var outcome = new OperationOutcome();
        outcome.addIssue().setSeverity(IssueSeverity.ERROR).setCode(type).setDiagnostics(diagnostics);
        return outcome;
    }
}
