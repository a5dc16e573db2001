package org.accordhie.consent.web;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.accordhie.consent.TokenResidual;
import org.accordhie.fhirserver.ResourceTypes;
import org.accordhie.smart.AccessGrant;
import org.accordhie.smart.PatientContext;
import org.accordhie.smart.ScopeContext;
import org.accordhie.vocabulary.Interaction;
import org.accordhie.vocabulary.ResourceFacts;
import org.jspecify.annotations.Nullable;

/**
 * As far as a token reaches, whatever consents say: what its scopes open, without what it forbids itself.
 *
 * @param types whoever they are about
 * @param compartmentTypes in the compartment of the patient in context
 * @param compartment that patient, as {@code Patient/[id]}; empty where there is none
 * @param residual what the token forbids; null where it forbids nothing
 */
record Reach(
        Set<String> types,
        Set<String> compartmentTypes,
        Set<String> compartment,
        @Nullable TokenResidual residual) {

    /** Of a token that forbids nothing by itself. */
    static Reach of(AccessGrant grant) {
        return of(grant, null);
    }

    static Reach of(AccessGrant grant, @Nullable TokenResidual residual) {
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
        return new Reach(types, compartmentTypes, patient == null ? Set.of() : Set.of(patient), residual);
    }

    /** Whether it reaches a resource. */
    boolean reaches(ResourceFacts facts) {
        return isOpen(facts.type(), facts.compartments()) && (residual == null || !residual.forbids(facts));
    }

    private boolean isOpen(String type, Set<String> compartments) {
        return types.contains(type)
                || (compartmentTypes.contains(type) && !compartment.isEmpty() && compartments.containsAll(compartment));
    }
}
