package org.accordhie.smart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("the scope grammar")
class SmartScopeTest {

    @ParameterizedTest(name = "[{index}] {0}")
    @DisplayName("G1: a well-formed scope has a context, a type and letters")
    @CsvSource(delimiter = ';', textBlock = """
            patient/Observation.r;      PATIENT; Observation; r
            patient/Observation.rs;     PATIENT; Observation; rs
            user/Observation.c;         USER;    Observation; c
            user/Observation.u;         USER;    Observation; u
            user/Observation.d;         USER;    Observation; d
            user/Observation.s;         USER;    Observation; s
            system/Observation.cruds;   SYSTEM;  Observation; cdrsu
            system/Observation.cud;     SYSTEM;  Observation; cdu
            system/Observation.rd;      SYSTEM;  Observation; dr
            system/Observation.cs;      SYSTEM;  Observation; cs
            system/Observation.ds;      SYSTEM;  Observation; ds
            patient/*.rs;               PATIENT; *;           rs
            user/*.cruds;               USER;    *;           cdrsu
            system/*.*;                 SYSTEM;  *;           cdrsu
            patient/Patient.read;       PATIENT; Patient;     rs
            user/Condition.write;       USER;    Condition;   cdu
            patient/Immunization.*;     PATIENT; Immunization; cdrsu
            system/*.read;              SYSTEM;  *;           rs
            """)
    void reads(String text, ScopeContext context, String type, String letters) {
        var scope = SmartScope.parse(text, R4ResourceTypes::contains).orElseThrow();

        assertThat(scope.context()).isEqualTo(context);
        assertThat(scope.resourceType()).isEqualTo(type);
        assertThat(sorted(scope)).isEqualTo(letters);
        assertThat(scope.isGranular()).isFalse();
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @DisplayName("G1, G2: a malformed scope is no scope, and never its valid prefix")
    @ValueSource(
            strings = {
                "",
                " ",
                "patient",
                "patient/",
                "patient/Observation",
                "patient/Observation.",
                "patient/.rs",
                "/Observation.rs",
                "Observation.rs",
                "patient/Observation.dus",
                "patient/Observation.dr",
                "patient/Observation.sr",
                "patient/Observation.rss",
                "patient/Observation.crudss",
                "patient/Observation.rsXYZ",
                "patient/Observation.x",
                "patient/Observation.read-only",
                "patient/Observation.reads",
                "patient/Observation.readwrite",
                "patient/Observation.READ",
                "patient/Observation.RS",
                "patient/Observation.**",
                "patient/Observation.r*",
                "patient/Observation.rs.rs",
                "patient/Observation,Condition.rs",
                "patient/Observation.rs,c",
                "Patient/Observation.rs",
                "PATIENT/Observation.rs",
                "practitioner/Observation.rs",
                "patients/Observation.rs",
                "patient/observation.rs",
                "patient/Observations.rs",
                "patient/Resource.rs",
                "patient/DomainResource.rs",
                "patient/Obs*.rs",
                "patient/**.rs",
                "patient//Observation.rs",
                "patient/Observation/1.rs",
                " patient/Observation.rs",
                "patient/Observation.rs ",
                "patient/Observation.rs\n",
                "patient/Observation .rs",
                "patient/*",
                "*/*.rs",
                "*"
            })
    void refusesTheMalformed(String text) {
        assertThat(SmartScope.parse(text, R4ResourceTypes::contains)).isEmpty();
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @DisplayName("G3: other scopes are no FHIR scopes")
    @ValueSource(
            strings = {
                "openid",
                "fhirUser",
                "profile",
                "launch",
                "launch/patient",
                "launch/encounter",
                "offline_access",
                "online_access",
                "__x",
                "https://example.org/scope",
                "http://smarthealthit.org/fhir/scopes/patient/*.rs"
            })
    void refusesOtherScopes(String text) {
        assertThat(SmartScope.parse(text, R4ResourceTypes::contains)).isEmpty();
        assertThat(GrantedScopes.parse(List.of(text)).ignored()).isZero();
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @DisplayName("G5: a granular scope keeps its constraints")
    @CsvSource(delimiter = ';', textBlock = """
            patient/Observation.rs?category=laboratory;                 category=[laboratory]
            patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory; \
            category=[http://terminology.hl7.org/CodeSystem/observation-category|laboratory]
            patient/Observation.rs?category=a,b;                        category=[a, b]
            patient/Observation.rs?category=a&status=final;             category=[a] status=[final]
            patient/Observation.rs?code=a&code=b;                       code=[a] code=[b]
            patient/Condition.read?clinical-status=active;              clinical-status=[active]
            system/Encounter.rs?class=AMB;                              class=[AMB]
            """)
    void readsConstraints(String text, String constraints) {
        var scope = SmartScope.parse(text, R4ResourceTypes::contains).orElseThrow();

        assertThat(scope.constraints().stream()
                        .map(constraint -> constraint.param() + "=" + constraint.values())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(constraints);
        assertThat(scope.isGranular()).isTrue();
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @DisplayName("G2, G6: a constraint that is malformed or cannot be enforced refuses the whole scope")
    @ValueSource(
            strings = {
                "patient/Observation.rs?",
                "patient/Observation.rs?active",
                "patient/Observation.rs?a=b=c",
                "patient/Observation.rs?category=",
                "patient/Observation.rs?=laboratory",
                "patient/Observation.rs?category=a,",
                "patient/Observation.rs?category=,a",
                "patient/Observation.rs?category=a,,b",
                "patient/Observation.rs?category=a&",
                "patient/Observation.rs?&category=a",
                "patient/Observation.rs?category=a&&status=final",
                "patient/Observation.rs?category=a?status=final",
                "patient/Observation.rs??category=a",
                "patient/Observation.rs?category:in=http://example.org/vs",
                "patient/Observation.rs?category:not=a",
                "patient/Observation.rs?subject.name=a",
                "patient/Observation.rs?subject:Patient.name=a",
                "patient/Observation.rs?_has:Provenance:target:agent=a",
                "patient/Observation.rs?_filter=a",
                "patient/Observation.rs?_include=a",
                "patient/Observation.rs?_revinclude=a",
                "patient/Observation.rs?_count=1",
                "patient/Observation.rs?_sort=date",
                "patient/Observation.rs?_summary=count",
                "patient/Observation.rs?_elements=id",
                "patient/Observation.rs?_unknown=id",
                "patient/Observation.rs?category=a%2Cb",
                "patient/Observation.rs?category=a\\,b",
                "patient/Observation.rs?category=\"a\"",
                "patient/Observation.rs?category=a b",
                "patient/Observation.rs?category=ä",
                "patient/*.rs?category=laboratory",
                "system/*.rs?_tag=http://example.org|x",
                "system/Observation.rs?_security=R",
                "system/Patient.rs?category=a",
                "system/Observation.rs?date=2026",
                "system/Observation.rs?code=1,2,3,4,5,6,7,8&category=1,2,3,4,5,6,7,8&status=a,b",
                "patient/Observation.?category=a",
                "patient/Observation?category=a"
            })
    void refusesConstraints(String text) {
        assertThat(SmartScope.parse(text, R4ResourceTypes::contains)).isEmpty();
    }

    @Test
    void aVeryLongScopeIsRefusedQuickly() {
        assertThat(SmartScope.parse("patient/" + "A".repeat(1_000_000) + ".rs", R4ResourceTypes::contains))
                .isEmpty();
        assertThat(SmartScope.parse("patient/Observation.rs?a=" + "b,".repeat(200_000), R4ResourceTypes::contains))
                .isEmpty();
    }

    private static String sorted(SmartScope scope) {
        return scope.letters().stream().sorted().map(String::valueOf).collect(Collectors.joining());
    }
}
