package org.accordhie.consent.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.List;
import org.accordhie.consent.ConsentPolicy;
import org.accordhie.consent.ConsentPolicy.Uncomputable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was read beside a resource is consents, or an error, and never silently none. */
class RuleJsonTest {

    private static final ConsentPolicy FIRST = new Uncomputable("Consent/a/_history/1", "a");
    private static final ConsentPolicy SECOND = new Uncomputable("Consent/b/_history/1", "b");

    @Test
    void readsWhatIsWritten() {
        var pairs = "[[\"Patient/ann\",%s],[\"Patient/bob\",%s],[\"Patient/ann\",%s]]"
                .formatted(RuleJson.write(FIRST), RuleJson.write(SECOND), RuleJson.write(SECOND));

        assertThat(RuleJson.readPolicies(pairs))
                .containsOnlyKeys("Patient/ann", "Patient/bob")
                .containsEntry("Patient/ann", List.of(FIRST, SECOND))
                .containsEntry("Patient/bob", List.of(SECOND));
        assertThat(RuleJson.readPolicies("[]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "7", "[null]", "[[]]", "[[\"Patient/ann\",null]]", "[[null,{}]]"})
    void whatIsNoListOfPairsIsAnError(String read) {
        assertThatThrownBy(() -> RuleJson.readPolicies(read)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[[\"Patient/ann\",{}]]", "[[\"Patient/ann\",{\"kind\":\"other\"}]]"})
    void whatIsNoConsentIsAnError(String read) {
        assertThatThrownBy(() -> RuleJson.readPolicies(read)).isInstanceOf(UncheckedIOException.class);
    }
}
