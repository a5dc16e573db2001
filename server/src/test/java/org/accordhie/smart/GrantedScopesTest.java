package org.accordhie.smart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
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

    @ParameterizedTest(name = "{0}: {1} {2} by {3}")
    @DisplayName("section 4 and G4: the interaction table, over the union of the scopes")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            system/Observation.r;                           READ;             Observation; SYSTEM
            system/Observation.r;                           VREAD;            Observation; SYSTEM
            system/Observation.r;                           HISTORY_INSTANCE; Observation; SYSTEM
            system/Observation.r;                           SEARCH_TYPE;      Observation; -
            system/Observation.r;                           HISTORY_TYPE;     Observation; -
            system/Observation.r;                           READ;             Condition;   -
            system/Observation.s;                           SEARCH_TYPE;      Observation; SYSTEM
            system/Observation.s;                           HISTORY_TYPE;     Observation; SYSTEM
            system/Observation.s;                           SEARCH_SYSTEM;    Observation; SYSTEM
            system/Observation.s;                           HISTORY_SYSTEM;   Observation; SYSTEM
            system/Observation.s;                           READ;             Observation; -
            system/Observation.c;                           CREATE;           Observation; SYSTEM
            system/Observation.c;                           UPDATE;           Observation; -
            system/Observation.u;                           UPDATE;           Observation; SYSTEM
            system/Observation.u;                           PATCH;            Observation; SYSTEM
            system/Observation.u;                           CREATE;           Observation; -
            system/Observation.u;                           DELETE;           Observation; -
            system/Observation.d;                           DELETE;           Observation; SYSTEM
            system/Observation.d;                           READ;             Observation; -
            system/Observation.read;                        READ;             Observation; SYSTEM
            system/Observation.read;                        SEARCH_TYPE;      Observation; SYSTEM
            system/Observation.read;                        CREATE;           Observation; -
            system/Observation.write;                       CREATE;           Observation; SYSTEM
            system/Observation.write;                       PATCH;            Observation; SYSTEM
            system/Observation.write;                       DELETE;           Observation; SYSTEM
            system/Observation.write;                       READ;             Observation; -
            system/Observation.*;                           DELETE;           Observation; SYSTEM
            system/*.rs;                                    READ;             Device;      SYSTEM
            system/*.rs;                                    CREATE;           Device;      -
            user/*.cruds;                                   UPDATE;           Patient;     USER
            system/Observation.r system/Observation.s;      READ;             Observation; SYSTEM
            system/Observation.r system/Observation.s;      SEARCH_TYPE;      Observation; SYSTEM
            patient/*.read system/*.read;                   READ;             Condition;   PATIENT SYSTEM
            patient/*.read system/*.read;                   READ;             Device;      SYSTEM
            system/*.read patient/*.read;                   SEARCH_SYSTEM;    Condition;   SYSTEM
            patient/Condition.rs user/Condition.c;          CREATE;           Condition;   USER
            patient/Condition.rs user/Condition.c;          READ;             Condition;   PATIENT
            patient/Condition.read system/Condition.cruds;  SEARCH_TYPE;      Condition;   PATIENT SYSTEM
            openid launch/patient patient/Condition.r;      READ;             Condition;   PATIENT
            system/Condition.rsx system/Condition.s;        READ;             Condition;   -
            system/Condition.rsx system/Condition.s;        SEARCH_TYPE;      Condition;   SYSTEM
            system/condition.rs;                            READ;             Condition;   -
            openid fhirUser;                                READ;             Patient;     -
            """)
    void grants(String scopes, Interaction interaction, String type, @Nullable String contexts) {
        var granted = GrantedScopes.parse(List.of(scopes.split(" ")));

        assertThat(granted.contextsFor(interaction, type)).isEqualTo(contexts(contexts));
        assertThat(granted.permits(interaction, type)).isEqualTo(contexts != null);
    }

    @ParameterizedTest(name = "{0}: {1} {2} is {3}")
    @DisplayName("C1, C2, C4, C8: what the context of one patient reaches")
    @CsvSource(delimiter = ';', textBlock = """
            patient/*.cruds;             READ;           Patient;          true
            patient/*.cruds;             UPDATE;         Patient;          true
            patient/*.cruds;             CREATE;         Patient;          false
            patient/Patient.c;           CREATE;         Patient;          false
            patient/*.cruds;             CREATE;         Observation;      true
            patient/*.cruds;             READ;           Group;            false
            patient/Group.rs;            SEARCH_TYPE;    Group;            false
            patient/*.rs;                READ;           Practitioner;     true
            patient/*.rs;                SEARCH_TYPE;    Practitioner;     true
            patient/PractitionerRole.rs; READ;           PractitionerRole; true
            patient/Organization.rs;     READ;           Organization;     true
            patient/Location.rs;         SEARCH_TYPE;    Location;         true
            patient/Medication.rs;       READ;           Medication;       true
            patient/*.cruds;             CREATE;         Practitioner;     false
            patient/*.cruds;             UPDATE;         Organization;     false
            patient/*.cruds;             PATCH;          Location;         false
            patient/Medication.cruds;    DELETE;         Medication;       false
            patient/Device.cruds;        READ;           Device;           false
            patient/*.rs;                SEARCH_TYPE;    Endpoint;         false
            patient/*.rs;                READ;           Subscription;     false
            patient/*.rs;                READ;           Task;             false
            patient/*.rs;                SEARCH_SYSTEM;  Observation;      false
            patient/*.rs;                HISTORY_SYSTEM; Observation;      false
            user/*.cruds;                CREATE;         Patient;          true
            system/*.cruds;              READ;           Group;            true
            """)
    void reaches(String scopes, Interaction interaction, String type, boolean permitted) {
        assertThat(GrantedScopes.parse(List.of(scopes)).permits(interaction, type))
                .isEqualTo(permitted);
    }

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

    @ParameterizedTest(name = "{0}: {1} of an Observation of category {2} and status {3} is {4}")
    @DisplayName("G5: and'ed inside a scope, or'ed across scopes")
    @CsvSource(delimiter = ';', textBlock = """
            system/Observation.rs?category=a;                                            rs; a; final;   true
            system/Observation.rs?category=a;                                            rs; b; final;   false
            system/Observation.rs?category=a,b;                                          rs; b; final;   true
            system/Observation.rs?category=a&status=final;                               rs; a; final;   true
            system/Observation.rs?category=a&status=final;                               rs; a; amended; false
            system/Observation.rs?category=a&status=final system/Observation.rs?category=b; rs; b; amended; true
            system/Observation.rs?category=a&status=final system/Observation.rs?category=b; rs; a; amended; false
            system/Observation.rs?category=a system/Observation.rs;                      rs; b; final;   true
            system/Observation.r?category=a system/Observation.s?category=a;             rs; a; final;   true
            system/Observation.r?category=a system/Observation.s?category=b;             rs; a; final;   false
            system/Observation.r system/Observation.s?category=a;                        rs; a; final;   true
            system/Observation.r system/Observation.s?category=a;                        rs; b; final;   false
            system/Observation.r system/Observation.s?category=a;                        r;  b; final;   true
            system/Observation.rs?category=a;                                            u;  a; final;   false
            system/Observation.cud?category=a;                                           u;  a; final;   true
            system/*.rs system/Observation.rs?category=a;                                rs; b; final;   true
            user/Observation.r?category=a system/Observation.s?category=a;               rs; a; final;   false
            system/Observation.rs?category=urn:s|a;                                      rs; a; final;   true
            system/Observation.rs?category=|a;                                           rs; a; final;   false
            system/Observation.rs?category=urn:s|;                                       rs; a; final;   true
            system/Observation.rs?category=urn:t|a;                                      rs; a; final;   false
            """)
    void granularScopes(String scopes, String letters, String category, String status, boolean open) {
        var granted = GrantedScopes.parse(List.of(scopes.split(" ")));
        var tokens = Set.of(new SearchToken("category", "urn:s", category), new SearchToken("status", "", status));

        assertThat(granted.grantOf(letters, "Observation").opens(false, tokens)).isEqualTo(open);
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

    private static Set<ScopeContext> contexts(@Nullable String names) {
        var contexts = EnumSet.noneOf(ScopeContext.class);
        if (names != null) {
            Arrays.stream(names.split(" ")).map(ScopeContext::valueOf).forEach(contexts::add);
        }
        return contexts;
    }
}
