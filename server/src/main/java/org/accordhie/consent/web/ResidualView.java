package org.accordhie.consent.web;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.accordhie.consent.AccessRequest;
import org.accordhie.consent.Resolution;
import org.accordhie.consent.TokenResidual;
import org.accordhie.consent.fhir.TokenResidualReader;
import org.accordhie.consent.fhir.UnenforceableConsent;
import org.accordhie.consent.jpa.RulesKnown;
import org.accordhie.consent.jpa.RulesKnown.Stamp;
import org.accordhie.consent.jpa.WithheldVersions;
import org.accordhie.smart.AccessGrant;
import org.accordhie.smart.GrantedScopes;
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
                   set_config('accord.grants', ?, true), set_config('accord.searched_types', ?, true),
            """ + RulesKnown.STAMP;

    private final JdbcClient jdbc;
    private final WithheldVersions withheld;
    private final TokenResidualReader residuals;
    private final Resolution resolution;
    private final PermittedClasses permitted = new PermittedClasses();
    private final Cache<Scopes, Granted> reaches =
            Caffeine.newBuilder().maximumSize(1_000).build();

    ResidualView(JdbcClient jdbc, TokenResidualReader residuals, Resolution resolution) {
        this.jdbc = jdbc;
        this.withheld = new WithheldVersions(jdbc);
        this.residuals = residuals;
        this.resolution = resolution;
    }

    /**
     * A view that is open.
     *
     * @param reach as far as the token reaches
     * @param stamp of the rules that the transaction sees; the view is right only if it was opened with these
     */
    record Opened(Reach reach, Stamp stamp) {}

    /**
     * Opens the running transaction's view for this request, with one query.
     *
     * @param letters all of one of which the scopes must grant
     */
    Opened open(AccessGrant grant, Collection<String> letters, AccessRequest request, RulesKnown rules) {
        var glass = request.breakGlass();
        var granted = granted(grant, letters);
        var reach = granted.reach();
        var requester = grant.requester();
        var stamp = jdbc.sql(SETTINGS)
                .params(
                        permitted.of(request.withoutBreakGlass(), rules),
                        array(List.of(requester.organization())),
                        array(requester.patient() == null ? List.of() : List.of(requester.patient())),
                        granted.types(),
                        granted.compartmentTypes(),
                        granted.compartment(),
                        glass == null ? "" : permitted.of(request, rules),
                        array(glass == null ? List.of() : List.of(glass.patient())),
                        granted.grants(),
                        granted.searchedTypes())
                .query((row, number) ->
                        new Stamp(row.getInt("class_count"), row.getInt("class_last"), row.getLong("policy_epoch")))
                .single();
        if (reach.residual() != null) {
            withheld.withhold(reach.residual());
        }
        return new Opened(reach, stamp);
    }

    /**
     * What scopes reach, as settings say it.
     *
     * @param types as an array, like the others
     */
    private record Granted(
            Reach reach,
            String types,
            String compartmentTypes,
            String compartment,
            String grants,
            String searchedTypes) {

        static Granted of(Reach reach) {
            return new Granted(
                    reach,
                    array(reach.types()),
                    array(reach.compartmentTypes()),
                    array(reach.compartment()),
                    ResidualView.grants(reach),
                    array(reach.searchedTypes()));
        }
    }

    /**
     * All that {@link Reach} looks at of a token that forbids nothing by itself.
     *
     * @param patient the one in context; null for none
     */
    private record Scopes(GrantedScopes granted, @Nullable String patient, List<String> letters) {}

    /** Of scopes that come again and again, as those of a client do, it is found out once. */
    private Granted granted(AccessGrant grant, Collection<String> letters) {
        var residual = residual(grant);
        if (residual != null) {
            return Granted.of(Reach.of(grant, letters, residual));
        }
        var scopes = new Scopes(grant.scopes(), grant.launch().patient(), List.copyOf(letters));
        return reaches.get(scopes, unknown -> Granted.of(Reach.of(grant, letters, null)));
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

    /** PostgreSQL's text form of an array, every element quoted. */
    private static String array(Collection<String> values) {
        return values.stream()
                .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }
}
