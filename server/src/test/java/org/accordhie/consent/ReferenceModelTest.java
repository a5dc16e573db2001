package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the decision point and the rule as plainly as it can be said")
class ReferenceModelTest {

    private static final long CASES = Long.getLong("accord.cases", 100_000);

    @Test
    void agree() {
        var start = System.nanoTime();

        var differences = LongStream.range(0, CASES)
                .parallel()
                .filter(seed -> !agree(seed))
                .boxed()
                .toList();

        var seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "reference model: %d cases, %d differences (%.0f cases a second)%n",
                CASES,
                differences.size(),
                CASES / seconds);
        assertThat(differences).as("seeds on which they differ").isEmpty();
    }

    private static boolean agree(long seed) {
        var some = new Some(seed);
        var request = some.request();
        var facts = some.facts();
        var rules = new Rules(some.policy(), some.consents());
        return DecisionPoint.decide(request, facts, rules).permits() == ReferenceModel.permits(request, facts, rules);
    }
}
