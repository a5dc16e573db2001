package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what is made from seeds")
class SomeTest {

    private static final int CASES = 20_000;

    @Test
    void casesAreOfEveryKind() {
        var rules = new HashMap<String, Integer>();
        LongStream.range(0, CASES)
                .forEach(seed -> rules.merge(Case.of(new Some(seed)).rule(), 1, Integer::sum));

        assertThat(rules.keySet())
                .contains(
                        "PERMIT default",
                        "DENY default",
                        "PERMIT consent: PERMIT",
                        "DENY consent: DENY",
                        "DENY consent: UNCOMPUTABLE",
                        "DENY consent: covers other data",
                        "DENY requires the patient's own consent: a law",
                        "PERMIT break-glass",
                        "PERMIT always: a law",
                        "DENY never: a law",
                        "PERMIT a patient reads their own record",
                        "PERMIT the author organisation reads what it wrote",
                        "PERMIT always DIRECTORY",
                        "PERMIT always CONSENT",
                        "DENY never CONSENT",
                        "DENY never UNATTRIBUTED");
        assertThat(rules.values()).allSatisfy(count -> assertThat(count).isGreaterThan(CASES / 2_000));
    }
}
