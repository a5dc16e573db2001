package org.accordhie.consent.web;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.accordhie.consent.AccessRequest;
import org.accordhie.consent.ReleasePolicy;
import org.accordhie.consent.Resolution;
import org.accordhie.consent.TokenResidual;
import org.accordhie.consent.fhir.TokenResidualReader;
import org.accordhie.consent.fhir.UnenforceableConsent;
import org.accordhie.consent.jpa.ReleaseClasses;
import org.accordhie.consent.jpa.WithheldVersions;
import org.accordhie.smart.AccessGrant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Puts what scopes, policies and consents leave to a requester into the settings that the released views read. The settings
 * end with the transaction.
 */
final class ResidualView {

    private static final String SETTINGS = """
            SELECT set_config('accord.classes', ?, true), set_config('accord.source', ?, true),
                   set_config('accord.own_patient', ?, true), set_config('accord.types', ?, true),
                   set_config('accord.compartment_types', ?, true), set_config('accord.compartment', ?, true),
                   set_config('accord.glass_classes', ?, true), set_config('accord.glass_patient', ?, true),
                   set_config('accord.grants', ?, true), set_config('accord.searched_types', ?, true)
            """;

    private final JdbcClient jdbc;
    private final WithheldVersions withheld;
    private final TokenResidualReader residuals;
    private final Resolution resolution;

    ResidualView(JdbcClient jdbc, TokenResidualReader residuals, Resolution resolution) {
        this.jdbc = jdbc;
        this.withheld = new WithheldVersions(jdbc);
        this.residuals = residuals;
        this.resolution = resolution;
    }

    /**
     * Opens the running transaction's view for this request.
     *
     * @param letters all of one of which the scopes must grant
     */
    Reach open(
            AccessGrant grant,
            Collection<String> letters,
            AccessRequest request,
            ReleasePolicy policy,
            ReleaseClasses.Known classes) {
        var permitted = classes.permitted(request.withoutBreakGlass(), policy);
        var glass = request.breakGlass();
        var reach = Reach.of(grant, letters, residual(grant));
        var requester = grant.requester();
        jdbc.sql(SETTINGS)
                .params(
                        numbers(permitted),
                        array(List.of(requester.organization())),
                        array(requester.patient() == null ? List.of() : List.of(requester.patient())),
                        array(reach.types()),
                        array(reach.compartmentTypes()),
                        array(reach.compartment()),
                        numbers(glass == null ? List.of() : classes.permitted(request, policy)),
                        array(glass == null ? List.of() : List.of(glass.patient())),
                        grants(reach),
                        array(reach.searchedTypes()))
                .query((row, number) -> true)
                .list();
        if (reach.residual() != null) {
            withheld.withhold(reach.residual());
        }
        return reach;
    }

    /** What the token forbids by itself; a token that forbids what cannot be carried out opens nothing. */
    private @Nullable TokenResidual residual(AccessGrant grant) {
        var claim = grant.residual();
        if (claim == null) {
            return null;
        }
        try {
            return resolution.resolve(residuals.read(claim));
        } catch (UnenforceableConsent malformed) {
            throw new ForbiddenOperationException("the token's " + malformed.reason());
        }
    }

    /** In JSON; names of types and of patients need no escaping. */
    private static String grants(Reach reach) {
        var terms = new ArrayList<String>();
        reach.grants()
                .forEach((type, grant) -> grant.granular().stream()
                        .filter(part -> !part.inCompartment() || reach.patient() != null)
                        .forEach(part -> part.terms()
                                .forEach(term -> terms.add("{\"t\":\"%s\",\"c\":%s,\"h\":%s}"
                                        .formatted(
                                                type,
                                                part.inCompartment() ? '"' + reach.patient() + '"' : "null",
                                                term)))));
        return terms.isEmpty() ? "" : terms.toString();
    }

    private static String numbers(List<Integer> numbers) {
        return array(numbers.stream().map(String::valueOf).toList());
    }

    /** PostgreSQL's text form of an array, every element quoted. */
    private static String array(Collection<String> values) {
        return values.stream()
                .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }
}
