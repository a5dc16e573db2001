package org.accordhie.smart;

import java.util.Optional;
import java.util.Set;
import org.accordhie.vocabulary.Interaction;

/**
 * What one request needs of its token's scopes.
 *
 * <p>Source: SMART App Launch 2.2.0, "Scopes for requesting FHIR resources", and for what it leaves open, the exchange's
 * own rules: a condition is a search, an operation needs what it reads, and an operation without a rule is refused.
 *
 * @param resourceType the type it is about
 * @param alternatives letters such as {@code rs}; the scopes must grant all letters of one alternative
 * @param contexts the contexts that can grant it
 */
public record ScopeDemand(String resourceType, Set<String> alternatives, Set<ScopeContext> contexts) {

    private static final Set<ScopeContext> EVERY_CONTEXT = Set.of(ScopeContext.values());
    private static final Set<ScopeContext> BEYOND_ONE_PATIENT = Set.of(ScopeContext.USER, ScopeContext.SYSTEM);

    public ScopeDemand {
        alternatives = Set.copyOf(alternatives);
        contexts = Set.copyOf(contexts);
    }

    /** The demand of a plain interaction. One on the whole system is never granted by one patient's context. */
    public static ScopeDemand of(Interaction interaction, String type) {
        return new ScopeDemand(type, Set.of(String.valueOf(interaction.letter())), contextsOf(interaction));
    }

    /** The demand of a conditional create, update, patch or delete: its condition tells what exists, so it is a search. */
    public static ScopeDemand conditional(Interaction interaction, String type) {
        return new ScopeDemand(type, Set.of(interaction.letter() + "s"), contextsOf(interaction));
    }

    /**
     * The demand of an operation on a type or instance. Empty if no scope grants it.
     *
     * @param name with its dollar sign, such as {@code $everything}
     */
    public static Optional<ScopeDemand> operation(String name, String type) {
        return switch (name) {
            case "$everything" -> Optional.of(anyOf(type, "rs"));
            case "$export" -> Optional.of(new ScopeDemand(type, Set.of("rs"), Set.of(ScopeContext.SYSTEM)));
            case "$validate" -> Optional.of(anyOf(type, "c", "u"));
            case "$meta" -> Optional.of(anyOf(type, "r"));
            case "$meta-add", "$meta-delete" -> Optional.of(anyOf(type, "u"));
            case "$match" -> match(type);
            default -> terminology(name, type);
        };
    }

    private static Optional<ScopeDemand> match(String type) {
        return type.equals("Patient")
                ? Optional.of(new ScopeDemand(type, Set.of("s"), BEYOND_ONE_PATIENT))
                : Optional.empty();
    }

    private static Optional<ScopeDemand> terminology(String name, String type) {
        var types = switch (name) {
            case "$expand" -> Set.of("ValueSet");
            case "$lookup" -> Set.of("CodeSystem");
            case "$validate-code" -> Set.of("ValueSet", "CodeSystem");
            case "$translate" -> Set.of("ConceptMap");
            default -> Set.<String>of();
        };
        return types.contains(type) ? Optional.of(anyOf(type, "r")) : Optional.empty();
    }

    private static ScopeDemand anyOf(String type, String... alternatives) {
        return new ScopeDemand(type, Set.of(alternatives), EVERY_CONTEXT);
    }

    private static Set<ScopeContext> contextsOf(Interaction interaction) {
        return switch (interaction) {
            case SEARCH_SYSTEM, HISTORY_SYSTEM -> BEYOND_ONE_PATIENT;
            default -> EVERY_CONTEXT;
        };
    }
}
