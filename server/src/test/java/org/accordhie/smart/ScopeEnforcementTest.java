package org.accordhie.smart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.vocabulary.Interaction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code scope-enforcement.txt} and {@code scope-instances.txt}, row by row. */
@DisplayName("section 4: what scopes grant, and what of it they reach")
class ScopeEnforcementTest {

    private static final ScopeTable REQUESTS = ScopeTable.read("scope-enforcement.txt", 4);
    private static final ScopeTable RESOURCES = ScopeTable.read("scope-instances.txt", 6);

    private static final Map<String, String> SYSTEMS = Map.of(
            "OC", "http://terminology.hl7.org/CodeSystem/observation-category",
            "CC", "http://terminology.hl7.org/CodeSystem/condition-category",
            "HC", "http://hl7.org/fhir/us/core/CodeSystem/condition-category",
            "UC", "http://hl7.org/fhir/us/core/CodeSystem/us-core-category",
            "LN", "http://loinc.org",
            "SCT", "http://snomed.info/sct");

    private static final String CONDITIONAL = "conditional-";

    static Stream<ScopeTable.Row> requests() {
        return REQUESTS.rows().stream();
    }

    static Stream<ScopeTable.Row> resources() {
        return RESOURCES.rows().stream();
    }

    @Test
    void theTablesHaveManyRows() {
        var requests = REQUESTS.rows().size();
        var resources = RESOURCES.rows().size();
        System.out.printf(
                "scope enforcement: %d rows, %d of requests and %d of resources%n",
                requests + resources, requests, resources);

        assertThat(requests + resources).isGreaterThanOrEqualTo(400);
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @DisplayName("G4, C1, C2, C4, C8: a request is granted by its letters, in a context, of the type")
    @MethodSource("requests")
    void grants(ScopeTable.Row row) {
        var scopes = GrantedScopes.parse(row.words(0));

        assertThat(demand(row.cell(1), row.cell(2))
                        .map(demand -> grantedBy(scopes, demand))
                        .orElse("refused"))
                .as(row.source())
                .isEqualTo(row.cell(3));
    }

    private static String grantedBy(GrantedScopes scopes, ScopeDemand demand) {
        if (!scopes.permits(demand)) {
            return "refused";
        }
        var contexts =
                scopes.contextsFor(demand).stream().map(ScopeContext::prefix).collect(Collectors.joining(" "));
        return contexts.isEmpty() ? "in part" : contexts;
    }

    /** Empty for an operation without a rule. */
    private static Optional<ScopeDemand> demand(String asked, String type) {
        if (asked.startsWith(CONDITIONAL)) {
            return Optional.of(ScopeDemand.conditional(interaction(asked.substring(CONDITIONAL.length())), type));
        }
        return asked.contains("$") || asked.equals("everything")
                ? ScopeDemand.operation(asked, type)
                : Optional.of(ScopeDemand.of(interaction(asked), type));
    }

    private static Interaction interaction(String name) {
        return Interaction.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @DisplayName(
            "G5, G7, C1: a granular scope is and'ed inside, or'ed with others, and reaches a resource by its codes")
    @MethodSource("resources")
    void reaches(ScopeTable.Row row) {
        var grant =
                GrantedScopes.parse(List.of(spelledOut(row.cell(0)).split(" "))).grantOf(row.cell(1), row.cell(2));
        var codes = codes(spelledOut(row.cell(4)));
        var inCompartment = row.cell(3).equals("own");
        var numbers = codes.stream().flatMap(code -> code.hashes().stream()).collect(Collectors.toSet());

        assertThat(Set.of("own", "other")).contains(row.cell(3));
        assertThat(grant.opens(inCompartment, codes) ? "reached" : "hidden")
                .as(row.source())
                .isEqualTo(row.cell(5));
        assertThat(grant.opensNumbered(inCompartment, numbers) ? "reached" : "hidden")
                .as("by an index: " + row.source())
                .isEqualTo(row.cell(5));
    }

    private static String spelledOut(String cell) {
        var text = cell;
        for (var system : SYSTEMS.entrySet()) {
            text = text.replaceAll("(?<=[=,])" + system.getKey() + "\\|", system.getValue() + "|");
        }
        return text;
    }

    private static List<SearchToken> codes(String cell) {
        return cell.equals("-")
                ? List.of()
                : Stream.of(cell.split(" ", -1)).map(ScopeEnforcementTest::code).toList();
    }

    private static SearchToken code(String text) {
        var equals = text.indexOf('=');
        var bar = text.indexOf('|', equals);
        return new SearchToken(text.substring(0, equals), text.substring(equals + 1, bar), text.substring(bar + 1));
    }
}
