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
 * {@code launch/patient}) give no access to resources and are left out.
 *
 * @param scopes the well-formed ones, in the token's order
 * @param ignored how many looked like FHIR scopes and were none
 */
public record GrantedScopes(List<SmartScope> scopes, int ignored) {

    /** Every scope there is. */
    public static final GrantedScopes EVERYTHING = inEveryContext(Set.of(SmartScope.ANY_TYPE));

    /** Everything that is about no patient: who takes part, where, and what codes mean. */
    public static final GrantedScopes DIRECTORY = inEveryContext(Set.of(
            "CodeSystem", "Location", "Medication", "Organization", "Practitioner", "PractitionerRole", "ValueSet"));

    public GrantedScopes {
        scopes = List.copyOf(scopes);
    }

    private static GrantedScopes inEveryContext(Set<String> types) {
        return parse(Arrays.stream(ScopeContext.values())
                .flatMap(context -> types.stream().sorted().map(type -> context.prefix() + "/" + type + ".cruds"))
                .toList());
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

    /** Whether it is granted for some resources of the type at least. */
    public boolean permits(ScopeDemand demand) {
        return demand.alternatives().stream()
                .anyMatch(letters -> demand.contexts().stream()
                        .anyMatch(context -> !grantIn(context, letters, demand.resourceType())
                                .isNothing()));
    }

    /**
     * What the scopes open of a type to all of these letters.
     *
     * @param letters some of {@code c r u d s}
     */
    public TypeGrant grantOf(String letters, String type) {
        return Arrays.stream(ScopeContext.values())
                .map(context -> grantIn(context, letters, type))
                .reduce(TypeGrant.NOTHING, TypeGrant::or);
    }

    /** What the scopes of one context open: letters of two contexts are never added up. */
    private TypeGrant grantIn(ScopeContext context, String letters, String type) {
        var inCompartment = context == ScopeContext.PATIENT && !PatientContext.isShared(type);
        if (grantsAll(context, letters, type)) {
            return new TypeGrant(!inCompartment, inCompartment, List.of());
        }
        var parts = scopes.stream()
                .filter(scope -> scope.context() == context && scope.isGranular() && scope.covers(type))
                .map(SmartScope::constraints)
                .distinct()
                .filter(constraints -> letters.chars()
                        .allMatch(letter -> grants(context, (char) letter, type)
                                || grantsPart(context, (char) letter, type, constraints)))
                .map(constraints -> new TypeGrant.Granular(inCompartment, constraints))
                .toList();
        return new TypeGrant(false, false, parts);
    }

    private boolean grantsPart(ScopeContext context, char letter, String type, List<SearchConstraint> constraints) {
        return scopes.stream()
                        .filter(scope -> scope.context() == context && scope.covers(type))
                        .anyMatch(scope -> scope.constraints().equals(constraints)
                                && scope.letters().contains(letter))
                && (context != ScopeContext.PATIENT || PatientContext.reaches(letter, type));
    }

    /**
     * Whether a search of the whole system is granted: by scopes for each of the types asked for, or, where
     * none is named, by a scope for every type. The context of one patient never grants it.
     *
     * @param resourceTypes what {@code _type} names
     */
    public boolean permitsSystem(Interaction interaction, Collection<String> resourceTypes) {
        var types = resourceTypes.isEmpty() ? List.of(SmartScope.ANY_TYPE) : resourceTypes;
        return types.stream().noneMatch(type -> contextsFor(interaction, type).isEmpty());
    }

    /**
     * The contexts that grant it for the whole type: {@code PATIENT} alone opens only the compartment of the patient in context. Empty if
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
        return scopes.isEmpty();
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

    /** These scopes as far as the allowed ones cover them; the constraints of an allowed granular scope are added. */
    public GrantedScopes within(GrantedScopes allowed) {
        if (allowed.equals(EVERYTHING)) {
            return this;
        }
        var covered = scopes.stream()
                .flatMap(scope -> allowed.scopes.stream().flatMap(each -> scope.and(each).stream()))
                .distinct()
                .toList();
        return new GrantedScopes(covered, ignored);
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
