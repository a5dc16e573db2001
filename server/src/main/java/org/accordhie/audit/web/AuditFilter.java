package org.accordhie.audit.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.AccessRecord.Outcome;
import org.accordhie.audit.AuditTrail;
import org.accordhie.audit.Call;
import org.accordhie.audit.OpenRequests;
import org.accordhie.fhirserver.RequestContext;
import org.accordhie.fhirserver.RequestOrigin;
import org.accordhie.smart.AccessGrant;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sees to it that no answer leaves without a record. What a route carried out or refused is recorded there, with all that is
 * known of it; what never came to a route, such as a request without a valid token, is recorded here, before the first
 * octet of its answer. Where that fails nothing leaves but the constant answer of a server that failed.
 */
final class AuditFilter extends OncePerRequestFilter {

    private static final String BASE = "/fhir";

    /** Of a longer address the rest is left out: nobody has been asked for it. */
    private static final int LONGEST = 2_000;

    private final AuditTrail trail;
    private final OpenRequests requests;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final Set<String> types;

    AuditFilter(
            AuditTrail trail, OpenRequests requests, Clock clock, TransactionTemplate transaction, Set<String> types) {
        this.trail = trail;
        this.requests = requests;
        this.clock = clock;
        this.transaction = transaction;
        this.types = Set.copyOf(types);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var id = UUID.randomUUID();
        RequestContext.put(request, RequestOrigin.class, new RequestOrigin(id, request.getRemoteAddr()));
        requests.opened(id);
        try {
            var recorded = new RecordedResponse(response, () -> require(id, request, response.getStatus()));
            chain.doFilter(request, recorded);
            recorded.leave();
        } catch (IOException | ServletException | RuntimeException | Error escaped) {
            require(id, request, HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            throw escaped;
        } finally {
            requests.closed(id);
        }
    }

    /** Adds what is not recorded yet: the request at all, or that it failed after all. */
    private void require(UUID id, HttpServletRequest request, int status) {
        var outcomes = requests.of(id);
        var outcome = Outcomes.of(status);
        if (outcomes.isEmpty() || (outcome != Outcome.SUCCESS && !outcomes.contains(outcome))) {
            transaction.executeWithoutResult(running -> trail.add(record(id, request, status)));
        }
    }

    private AccessRecord record(UUID id, HttpServletRequest request, int status) {
        var grant = RequestContext.get(request, AccessGrant.class);
        var outcome = Outcomes.of(status);
        return new AccessRecord(
                UUID.randomUUID(),
                clock.instant(),
                call(id, request),
                outcome,
                outcome == Outcome.SUCCESS ? 0 : status,
                grant.map(AccessGrant::requester).orElse(AccessRecord.NOBODY),
                Set.of(),
                Set.of(),
                grant.map(AccessGrant::breakGlass).orElse(null),
                "");
    }

    private Call call(UUID id, HttpServletRequest request) {
        var uri = request.getRequestURI();
        var path = uri.startsWith(BASE) ? uri.substring(BASE.length()) : uri;
        var addressed = AddressedInteraction.of(request.getMethod(), path, types);
        return new Call(
                id, request.getRemoteAddr(), addressed.interaction(), addressed.resourceType(), query(request, path));
    }

    /** A token has no place in an address, and if somebody put one there it must not be kept. */
    private static String query(HttpServletRequest request, String path) {
        var query = request.getQueryString();
        var whole = query == null ? path : path + "?" + query.replaceAll("(?i)access_token=[^&]*", "access_token=");
        var clean = whole.replace('\0', '\uFFFD');
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
    }
}
