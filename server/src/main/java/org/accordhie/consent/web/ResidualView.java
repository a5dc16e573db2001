package org.accordhie.consent.web;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.consent.AccessRequest;
import org.accordhie.consent.ReleasePolicy;
import org.accordhie.consent.jpa.ReleaseClasses;
import org.accordhie.fhirserver.ResourceTypes;
import org.accordhie.smart.AccessGrant;
import org.accordhie.smart.PatientContext;
import org.accordhie.smart.ScopeContext;
import org.accordhie.vocabulary.Interaction;
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
                   set_config('accord.glass_classes', ?, true), set_config('accord.glass_patient', ?, true)
            """;

    private final JdbcClient jdbc;

    ResidualView(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Opens the running transaction's view for this request. */
    Reach open(AccessGrant grant, AccessRequest request, ReleasePolicy policy, ReleaseClasses.Known classes) {
        var permitted = classes.permitted(request.withoutBreakGlass(), policy);
        var glass = request.breakGlass();
        var reach = Reach.of(grant);
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
                        array(glass == null ? List.of() : List.of(glass.patient())))
                .query((row, number) -> true)
                .list();
        return reach;
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

    /**
     * The types that scopes reach.
     *
     * @param types whoever they are about
     * @param compartmentTypes in the compartment of the patient in context
     * @param compartment that patient, as {@code Patient/[id]}; empty where there is none
     */
    record Reach(Set<String> types, Set<String> compartmentTypes, Set<String> compartment) {

        static Reach of(AccessGrant grant) {
            var types = new HashSet<String>();
            var compartmentTypes = new HashSet<String>();
            for (var type : ResourceTypes.SERVED) {
                var contexts = EnumSet.noneOf(ScopeContext.class);
                contexts.addAll(grant.scopes().contextsFor(Interaction.READ, type));
                contexts.addAll(grant.scopes().contextsFor(Interaction.SEARCH_TYPE, type));
                var shared = PatientContext.isShared(type);
                if (contexts.contains(ScopeContext.USER) || contexts.contains(ScopeContext.SYSTEM)) {
                    types.add(type);
                } else if (contexts.contains(ScopeContext.PATIENT)) {
                    (shared ? types : compartmentTypes).add(type);
                }
            }
            var patient = grant.launch().patient();
            return new Reach(types, compartmentTypes, patient == null ? Set.of() : Set.of(patient));
        }

        /** Whether the scopes reach a resource. */
        boolean reaches(String type, Set<String> compartments) {
            return types.contains(type)
                    || (compartmentTypes.contains(type)
                            && !compartment.isEmpty()
                            && compartments.containsAll(compartment));
        }
    }
}
