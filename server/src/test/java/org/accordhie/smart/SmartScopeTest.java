package org.accordhie.smart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code scope-syntax.txt}, row by row. */
@DisplayName("the scope grammar")
class SmartScopeTest {

    private static final ScopeTable TABLE = ScopeTable.read("scope-syntax.txt", 2);

    static Stream<ScopeTable.Row> rows() {
        return TABLE.rows().stream();
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @DisplayName("G1, G2, G3, G5, G6: a scope is read as the specification writes it, and nothing else is one")
    @MethodSource("rows")
    void reads(ScopeTable.Row row) {
        assertThat(reading(literal(row.cell(0)))).as(row.source()).isEqualTo(row.cell(1));
    }

    @Test
    void theTableHasManyRows() {
        System.out.printf("scope grammar: %d rows%n", TABLE.rows().size());

        assertThat(TABLE.rows()).hasSizeGreaterThanOrEqualTo(150);
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @DisplayName("what is written is read as the same scope")
    @MethodSource("rows")
    void writesWhatItReads(ScopeTable.Row row) {
        SmartScope.parse(literal(row.cell(0)), R4ResourceTypes::contains)
                .ifPresent(scope -> assertThat(SmartScope.parse(scope.text(), R4ResourceTypes::contains))
                        .contains(scope));
    }

    @Test
    void aVeryLongScopeIsRefusedQuickly() {
        var observation = "patient/Observation.rs?code=";

        assertThat(SmartScope.parse("patient/" + "A".repeat(1_000_000) + ".rs", R4ResourceTypes::contains))
                .isEmpty();
        assertThat(SmartScope.parse(observation + "b,".repeat(200_000) + "b", R4ResourceTypes::contains))
                .isEmpty();
        assertThat(SmartScope.parse(observation + "b|".repeat(200_000), R4ResourceTypes::contains))
                .isEmpty();
        assertThat(SmartScope.parse("patient/Observation.rs?" + "&code=b".repeat(200_000), R4ResourceTypes::contains))
                .isEmpty();
    }

    private static String literal(String cell) {
        return cell.replace('␠', ' ').replace('␊', '\n').replace('␉', '\t');
    }

    private static String reading(String text) {
        return SmartScope.parse(text, R4ResourceTypes::contains)
                .map(SmartScopeTest::words)
                .orElseGet(() -> GrantedScopes.parse(List.of(text)).ignored() == 0 ? "other" : "malformed");
    }

    private static String words(SmartScope scope) {
        var letters = "cruds"
                .chars()
                .filter(letter -> scope.letters().contains((char) letter))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        var constraints = scope.constraints().stream()
                .map(each -> " " + each.param() + "=" + String.join(",", each.values()))
                .collect(Collectors.joining());
        return scope.context().prefix() + " " + scope.resourceType() + " " + letters + constraints;
    }
}
