package org.accordhie.fhirserver;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * The last look at an answer: every resource in it must be one that this request has decided to tell. A route that went round
 * the {@link RequestLine} ends here, in a 500 and in the meter {@code accord.release.undecided}.
 */
@Interceptor
final class ResponseGate {

    /** After all that completes an answer. HAPI compares orders by their difference, which must not overflow. */
    static final int ORDER = 1_000;

    private final Counter undecided;

    ResponseGate(MeterRegistry meters) {
        this.undecided = Counter.builder("accord.release.undecided")
                .description("answers that held a resource nobody had decided about")
                .register(meters);
    }

    /** Called once HAPI has the whole answer, and nothing of it has been sent: before {@link StoredAnswers}. */
    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = ResponseGate.ORDER)
    public void look(ServletRequestDetails details, IBaseResource answer) {
        if (answer != null && !DecidedResources.holdAllOf(details, answer)) {
            undecided.increment();
            throw new IllegalStateException("the answer holds a resource that this request has not decided about");
        }
    }
}
