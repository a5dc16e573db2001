package org.accordhie.fhirserver.gate;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.fhirserver.OutcomeWriter;
import org.accordhie.fhirserver.gate.GateVerdict.Passed;
import org.accordhie.fhirserver.gate.GateVerdict.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses requests that no parser must meet, and hands on the others with their body read. */
public final class ByteGateFilter extends OncePerRequestFilter {

    private final RequestAdmission admission;
    private final JsonScanner json;
    private final XmlScanner xml;
    private final OutcomeWriter outcomes;

    public ByteGateFilter(AccordProperties.Limits limits, OutcomeWriter outcomes) {
        var bounds = new BodyBounds(limits.depth(), limits.bundleEntries());
        this.admission = new RequestAdmission(limits);
        this.json = new JsonScanner(bounds);
        this.xml = new XmlScanner(bounds);
        this.outcomes = outcomes;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        @Nullable BodyKind kind;
        byte[] body;
        GateVerdict verdict;
        try {
            admission.requireAcceptableHead(request);
            kind = RequestAdmission.hasBody(request) ? admission.kind(request) : null;
            body = admission.body(request);
            verdict = verdict(request, kind, body);
        } catch (Refusal refusal) {
            answer(request, response, refusal.problem(), null);
            return;
        }
        if (verdict instanceof Refused refused) {
            answer(request, response, refused.problem(), refused.place());
        } else {
            chain.doFilter(new BufferedRequest(request, kind, body), response);
        }
    }

    private GateVerdict verdict(HttpServletRequest request, @Nullable BodyKind kind, byte[] body) throws Refusal {
        if (!RequestAdmission.hasBody(request) || (body.length == 0 && RequestAdmission.mayBeEmpty(request))) {
            return new Passed();
        }
        if (body.length == 0) {
            throw new Refusal(Problem.BODY_MISSING);
        }
        if (kind == null) {
            throw new Refusal(Problem.CONTENT_TYPE);
        }
        return switch (kind) {
            case JSON -> json.scan(body);
            case JSON_PATCH -> json.scanPatch(body);
            case XML -> xml.scan(body);
            case FORM -> {
                admission.requireSearchForm(body);
                yield new Passed();
            }
        };
    }

    private void answer(
            HttpServletRequest request, HttpServletResponse response, Problem problem, @Nullable Place place)
            throws IOException {
        if (place == null) {
            outcomes.write(request, response, problem.status(), problem.issueCode(), problem.sentence() + ".", null);
            return;
        }
        var diagnostics = "%s, at line %d, column %d.".formatted(problem.sentence(), place.line(), place.column());
        var path = place.path().isEmpty() ? null : place.path();
        outcomes.write(request, response, problem.status(), problem.issueCode(), diagnostics, path);
    }
}
