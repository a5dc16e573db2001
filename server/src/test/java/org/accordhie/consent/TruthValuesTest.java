package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the truth values of a rule")
class TruthValuesTest {

    @Test
    void ofWhichHalfWasFilledInBeforeAreWhatCameOfIt() {
        var nothing = new Question(null, null, null);

        assertThat(TruthValues.of(new ContextCriteria.Known(Match.POSSIBLY, true), nothing))
                .containsExactly(new Check(Criterion.REQUESTER, Match.POSSIBLY, List.of()));
        assertThat(TruthValues.of(DataCriteria.Known.COVERED, Effect.DENY, nothing))
                .containsExactly(new Check(Criterion.RESOURCE, Match.CERTAINLY, List.of()));
    }
}
