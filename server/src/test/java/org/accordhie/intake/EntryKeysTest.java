package org.accordhie.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the names of an entry")
class EntryKeysTest {

    private static final EntryKeys KEYS = new EntryKeys(
            List.of("identifier:urn:mrn|1", "identifier:urn:mrn|2"), List.of("Patient/1"), List.of("content:abc"));

    @Test
    void standStrongestFirst() {
        assertThat(KEYS.all())
                .containsExactly("identifier:urn:mrn|1", "identifier:urn:mrn|2", "Patient/1", "content:abc");
    }

    @Test
    void mayBeNone() {
        assertThat(new EntryKeys(List.of(), List.of(), List.of()).all()).isEmpty();
    }

    @Test
    void loseTheIdentifiersThatNameMoreThanOneThing() {
        assertThat(KEYS.without(Set.of("identifier:urn:mrn|1")).all())
                .containsExactly("identifier:urn:mrn|2", "Patient/1", "content:abc");
    }

    @Test
    void keepTheAddressAndTheContentWhateverIsAmbiguous() {
        assertThat(KEYS.without(Set.of("Patient/1", "content:abc"))).isEqualTo(KEYS);
    }

    @Test
    void doNotChangeWithTheListTheyWereMadeOf() {
        var identifiers = new ArrayList<>(List.of("identifier:urn:mrn|1"));
        var keys = new EntryKeys(identifiers, List.of(), List.of());

        identifiers.clear();

        assertThat(keys.all()).containsExactly("identifier:urn:mrn|1");
    }
}
