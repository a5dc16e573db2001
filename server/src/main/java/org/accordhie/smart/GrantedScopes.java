package org.accordhie.smart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.accordhie.vocabulary.Interaction;

/**
 * All FHIR scopes of one token; what they grant is their union.
 *
 * <p>Source: SMART App Launch 2.2.0, "Scopes for requesting FHIR resources". Other scopes ({@code openid},
 * {@code launch/patient}) give no access to resources and are left out. A granular scope is kept and shown, and grants
 * nothing until its constraint is enforced.
 *
 * @param scopes the well-formed ones, in the token's order
 * @param ignored how many looked like FHIR scopes and were none
 */
public record GrantedScopes(List<SmartScope> scopes, int ignored) {

    public GrantedScopes {
        scopes = List.copyOf(scopes);
    }

    public static GrantedScopes parse(Collection<String> texts) {
        var scopes = new ArrayList<SmartScope>();
        var ignored = 0;
        for (var text : texts) {
            var scope = SmartScope.parse(text, R4ResourceTypes::contains);
            scope.ifPresent(scopes::add);
            if (scope.isEmpty() && looksLikeScope(text)) {
                ignored++;
            }
        }
        return new GrantedScopes(scopes, ignored);
    }

    public boolean permits(Interaction interaction, String resourceType) {
        return permits(ScopeDemand.of(interaction, resourceType));
    }

    public boolean permits(ScopeDemand demand) {
        return !contextsFor(demand).isEmpty();
    }

    /**
     * Whether a search or history of the whole system is granted: by scopes for each of the types asked for, or, where
     * none is named, by a scope for every type. The context of one patient never grants it.
     *
     * @param resourceTypes what {@code _type} names
     */
    public boolean permitsSystem(Interaction interaction, Collection<String> resourceTypes) {
        var types = resourceTypes.isEmpty() ? List.of(SmartScope.ANY_TYPE) : resourceTypes;
        return types.stream().allMatch(type -> permits(interaction, type));
    }

    /**
     * The contexts that grant it: {@code PATIENT} alone opens only the compartment of the patient in context. Empty if
     * it is not granted.
     */
    public Set<ScopeContext> contextsFor(Interaction interaction, String resourceType) {
        return contextsFor(ScopeDemand.of(interaction, resourceType));
    }

    /** The contexts each of which grants the demand alone; letters of two contexts are never added up. */
    public Set<ScopeContext> contextsFor(ScopeDemand demand) {
        return demand.contexts().stream()
                .filter(context -> demand.alternatives().stream()
                        .anyMatch(letters -> grantsAll(context, letters, demand.resourceType())))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ScopeContext.class)));
    }

    /** Whether no interaction on any type is granted. */
    public boolean grantsNothing() {
        return scopes.stream().allMatch(SmartScope::isGranular);
    }

    /** Whether something is granted, and all of it in this context. */
    public boolean areOnly(ScopeContext context) {
        return !grantsNothing() && scopes.stream().allMatch(scope -> scope.context() == context);
    }

    /** These scopes without those of the context, for a token that does not say whom the context means. */
    public GrantedScopes without(ScopeContext context) {
        return new GrantedScopes(
                scopes.stream().filter(scope -> scope.context() != context).toList(), ignored);
    }

    /** These scopes with {@code user/} taken as {@code patient/}, for a user who is the patient in context. */
    public GrantedScopes withUserAsPatient() {
        UnaryOperator<SmartScope> narrowed = scope -> scope.context() == ScopeContext.USER
                ? new SmartScope(ScopeContext.PATIENT, scope.resourceType(), scope.letters(), scope.constraints())
                : scope;
        return new GrantedScopes(scopes.stream().map(narrowed).toList(), ignored);
    }

    private boolean grantsAll(ScopeContext context, String letters, String type) {
        return letters.chars().allMatch(letter -> grants(context, (char) letter, type));
    }

    private boolean grants(ScopeContext context, char letter, String type) {
        return scopes.stream()
                        .filter(scope -> scope.context() == context && !scope.isGranular())
                        .anyMatch(scope -> scope.covers(type) && scope.letters().contains(letter))
                && (context != ScopeContext.PATIENT || PatientContext.reaches(letter, type));
    }

    private static boolean looksLikeScope(String text) {
        return Arrays.stream(ScopeContext.values()).anyMatch(context -> text.startsWith(context.prefix() + "/"));
    }
}
