package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.consent.DecisionTable.Row;
import org.accordhie.vocabulary.ElementLabels;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every row of {@code decisions.yaml} is a test; the decision point and the plain model both answer it. */
@DisplayName("the decision table")
class DecisionTableTest {

    @TestFactory
    Stream<DynamicTest> decides() {
        return DecisionTable.rows().stream().map(row -> DynamicTest.dynamicTest(row.title(), () -> assertDecided(row)));
    }

    @Test
    void hasEveryTitleOnce() {
        assertThat(DecisionTable.rows())
                .hasSizeGreaterThanOrEqualTo(300)
                .extracting(Row::title)
                .doesNotHaveDuplicates();
    }

    static void assertDecided(Row row) {
        var decision = DecisionPoint.decide(row.request(), row.facts(), new Rules(row.policy(), row.consents()));
        var reason = decision.reasons().get(0);

        assertThat(reason.rule()).isEqualTo(row.rule());
        assertThat(reason.effect()).isEqualTo(row.effect());
        assertThat(decision.permits()).isEqualTo(row.effect() == Effect.PERMIT);
        if (row.path() != null) {
            assertThat(reason.path()).isEqualTo(row.path());
        }
        assertThat(redacted(decision))
                .isEqualTo(row.redacted().stream().map(DecisionTable::labels).collect(Collectors.toSet()));
        assertThat(ReferenceModel.permits(row.request(), row.facts(), new Rules(row.policy(), row.consents())))
                .as("the plain model")
                .isEqualTo(decision.permits());
        assertThat(DecisionPoint.decide(row.request(), row.facts(), new Rules(row.policy(), reversed(row.consents())))
                        .permits())
                .as("the consents in reverse")
                .isEqualTo(decision.permits());
    }

    private static Set<ElementLabels> redacted(Decision decision) {
        return decision.duties().stream()
                .flatMap(duty -> ((Obligation.Redact) duty).labels().stream())
                .collect(Collectors.toSet());
    }

    private static Map<String, List<ConsentPolicy>> reversed(Map<String, List<ConsentPolicy>> consents) {
        var reversed = new HashMap<String, List<ConsentPolicy>>();
        consents.forEach((patient, theirs) -> {
            var copy = new ArrayList<>(theirs);
            Collections.reverse(copy);
            reversed.put(patient, copy);
        });
        return reversed;
    }
}
