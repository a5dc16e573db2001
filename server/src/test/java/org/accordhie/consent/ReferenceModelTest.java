package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the decision point and the rule as plainly as it can be said")
class ReferenceModelTest {

    private static final int CASES = 100_000;

    @Test
    void agree() {
        Seeds.forAll(CASES, seed -> {
            var some = new Some(seed);
            var request = some.request();
            var facts = some.facts();
            var rules = new Rules(some.policy(), some.consents());

            var permitted = DecisionPoint.decide(request, facts, rules).permits();

            assertThat(permitted).isEqualTo(ReferenceModel.permits(request, facts, rules));
        });
    }
}
