package org.accordhie.local.keycloak;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.smart.Partner;
import org.accordhie.smart.ScopeContext;
import org.accordhie.smart.SmartScope;
import org.accordhie.vocabulary.PurposeOfUse;

/**
 * What a client may ask Keycloak for, by name: a name that is not among these is {@code invalid_scope}, also where it is within
 * one that is.
 *
 * @param clinical scopes for FHIR resources
 * @param purposes the purposes of use it may assert
 * @param launch whether somebody is there to be asked who they are
 */
record OfferedScopes(Set<String> clinical, Set<PurposeOfUse> purposes, boolean launch) {

    static final String PATIENT = "launch/patient";
    static final String USER = "fhirUser";

    /** More does not fit into Keycloak's table. */
    private static final int LONGEST = 255;

    private static final Set<Character> READING = Set.of('r', 's');

    OfferedScopes {
        clinical = Set.copyOf(clinical);
        purposes = Set.copyOf(purposes);
    }

    /** All that the registry allows in the contexts that the client can have: nobody signs in to a system, or launches one. */
    static OfferedScopes of(Partner partner, boolean isApp) {
        var contexts = isApp ? Set.of(ScopeContext.PATIENT, ScopeContext.USER) : Set.of(ScopeContext.SYSTEM);
        var clinical = partner.scopes().scopes().stream()
                .filter(scope -> contexts.contains(scope.context()))
                .flatMap(OfferedScopes::withReadingAlone)
                .map(OfferedScopes::nameOf)
                .collect(Collectors.toSet());
        return new OfferedScopes(clinical, partner.purposes(), isApp);
    }

    /** Who may write can ask for less, too. */
    private static Stream<SmartScope> withReadingAlone(SmartScope scope) {
        var reading = scope.letters().stream().filter(READING::contains).collect(Collectors.toSet());
        return reading.isEmpty()
                ? Stream.of(scope)
                : Stream.of(scope, new SmartScope(scope.context(), scope.resourceType(), reading, scope.constraints()));
    }

    private static String nameOf(SmartScope scope) {
        var name = scope.text();
        if (name.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "the scope `" + name + "` is longer than the " + LONGEST + " characters that Keycloak has for it");
        }
        return name;
    }

    static String nameOf(PurposeOfUse purpose) {
        return "pou-" + purpose.name();
    }

    /** In order. */
    List<String> names() {
        var names = new TreeSet<>(clinical);
        purposes.forEach(purpose -> names.add(nameOf(purpose)));
        if (launch) {
            names.addAll(List.of(PATIENT, USER));
        }
        return List.copyOf(names);
    }
}
