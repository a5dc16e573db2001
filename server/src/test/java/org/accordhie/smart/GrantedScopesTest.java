package org.accordhie.smart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.accordhie.vocabulary.Interaction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("what scopes grant together")
class GrantedScopesTest {

    @ParameterizedTest(name = "{0}: types {1} is {2}")
    @DisplayName("C8: a search of the whole system needs every type")
    @CsvSource(delimiter = ';', textBlock = """
            system/*.s;                               '';                    true
            system/*.rs;                              Observation,Condition; true
            system/*.r;                               '';                    false
            system/Observation.s;                     '';                    false
            system/Observation.s;                     Observation;           true
            system/Observation.s;                     Observation,Condition; false
            system/Observation.s user/Condition.s;    Observation,Condition; true
            patient/*.rs;                             '';                    false
            patient/*.rs;                             Observation;           false
            system/*.s?_tag=a;                        '';                    false
            """)
    void searchesTheSystem(String scopes, String types, boolean permitted) {
        var named =
                Arrays.stream(types.split(",")).filter(type -> !type.isEmpty()).toList();

        assertThat(GrantedScopes.parse(List.of(scopes.split(" "))).permitsSystem(Interaction.SEARCH_SYSTEM, named))
                .isEqualTo(permitted);
    }

    @Test
    void aGranularScopeOfThePatientContextOpensOnlyItsCompartment() {
        var tokens = Set.of(new SearchToken("category", "urn:s", "a"));
        var grant = GrantedScopes.parse(List.of("patient/Observation.rs?category=a"))
                .grantOf("s", "Observation");

        assertThat(grant.opens(true, tokens)).isTrue();
        assertThat(grant.opens(false, tokens)).isFalse();
        assertThat(grant.opens(true, Set.of())).isFalse();
    }

    @Test
    void anIndexFindsWhatAGranularScopeOpens() {
        var part = GrantedScopes.parse(List.of("system/Observation.rs?category=urn:s|a,b&status=final"))
                .grantOf("s", "Observation")
                .granular()
                .get(0);

        for (var category : List.of("a", "b", "c")) {
            for (var status : List.of("final", "amended")) {
                var tokens =
                        List.of(new SearchToken("category", "urn:s", category), new SearchToken("status", "", status));
                var numbers = tokens.stream()
                        .flatMap(token -> token.hashes().stream())
                        .toList();
                assertThat(part.terms().stream().anyMatch(numbers::containsAll))
                        .as(category + " " + status)
                        .isEqualTo(part.isMetBy(tokens));
            }
        }
    }

    @Test
    void countsWhatLooksLikeAScopeAndIsNone() {
        var granted = GrantedScopes.parse(List.of("openid", "patient/Observation.sr", "user/Foo.rs", "system/*.rs"));

        assertThat(granted.ignored()).isEqualTo(2);
        assertThat(granted.scopes()).hasSize(1);
    }

    @Test
    void theUserWhoIsThePatientReachesOnlyTheirCompartment() {
        var granted = GrantedScopes.parse(List.of("user/*.cruds")).withUserAsPatient();

        assertThat(granted.contextsFor(Interaction.READ, "Condition")).containsExactly(ScopeContext.PATIENT);
        assertThat(granted.permits(Interaction.CREATE, "Patient")).isFalse();
    }

    @Test
    void aContextWithoutItsPersonGrantsNothing() {
        var granted = GrantedScopes.parse(List.of("patient/*.rs", "user/Condition.r"));

        assertThat(granted.without(ScopeContext.PATIENT).permits(Interaction.READ, "Patient"))
                .isFalse();
        assertThat(granted.without(ScopeContext.PATIENT).permits(Interaction.READ, "Condition"))
                .isTrue();
        assertThat(granted.without(ScopeContext.PATIENT)
                        .without(ScopeContext.USER)
                        .grantsNothing())
                .isTrue();
    }

    @ParameterizedTest(name = "{0} within {1}: {2}")
    @DisplayName("a scope is kept as far as an allowed one covers it")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            system/Observation.rs;                  system/*.cruds;                             system/Observation.rs
            system/*.cruds;                         system/*.rs;                                system/*.rs
            system/*.cruds;                         system/Observation.rs;                      system/Observation.rs
            system/*.cruds;                         system/Observation.rs system/Patient.r;     system/Observation.rs system/Patient.r
            system/Observation.cruds;               system/Observation.rs system/Observation.u; system/Observation.rs system/Observation.u
            system/Observation.cud;                 system/Observation.rs;                      -
            system/Condition.rs;                    system/Observation.rs;                      -
            system/*.rs;                            user/*.rs;                                  -
            patient/*.rs;                           system/*.rs;                                -
            user/*.read;                            user/*.cruds;                               user/*.rs
            user/*.rs patient/Observation.r;        user/Patient.rs patient/*.rs;               user/Patient.rs patient/Observation.r
            system/*.rs system/Observation.rs;      system/Observation.rs;                      system/Observation.rs
            system/Observation.rs?category=a;       system/*.rs;                                system/Observation.rs?category=a
            system/Observation.rs;                  system/Observation.rs?category=a;           system/Observation.rs?category=a
            system/*.rs;                            system/Observation.r?category=a;            system/Observation.r?category=a
            system/Observation.rs?category=a;       system/Observation.rs?category=a;           system/Observation.rs?category=a
            system/Observation.rs?category=a;       system/Observation.rs?category=b;           system/Observation.rs?category=a&category=b
            system/Observation.rs?status=final;     system/Observation.rs?category=b;           system/Observation.rs?status=final&category=b
            system/Observation.rs?category=a;       system/Condition.rs?category=a;             -
            system/Observation.rs;                  system/Observation.rs?category=a system/Observation.rs?category=b; \
                                                    system/Observation.rs?category=a system/Observation.rs?category=b
            system/Observation.rs?category=1,2,3,4,5,6,7,8,9; system/Observation.rs?code=1,2,3,4,5,6,7,8; -
            system/Observation.rs?category=1,2,3,4,5,6,7,8;   system/Observation.rs?code=1,2,3,4,5,6,7,8; \
                                                    system/Observation.rs?category=1,2,3,4,5,6,7,8&code=1,2,3,4,5,6,7,8
            openid;                                 system/*.rs;                                -
            system/*.rs;                            openid;                                     -
            """)
    void withinWhatIsAllowed(String scopes, String allowed, @Nullable String left) {
        var granted = GrantedScopes.parse(List.of(scopes.split(" ")));
        var narrowed = granted.within(GrantedScopes.parse(List.of(allowed.split(" "))));
        List<String> expected = left == null ? List.of() : List.of(left.split(" "));

        assertThat(narrowed.scopes())
                .containsExactlyElementsOf(GrantedScopes.parse(expected).scopes());
        assertThat(granted.within(GrantedScopes.EVERYTHING)).isEqualTo(granted);
    }
}
