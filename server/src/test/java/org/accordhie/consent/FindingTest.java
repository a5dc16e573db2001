package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.accordhie.consent.ResourceCriteria.DataClasses;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.vocabulary.Confidentiality;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a finding names, which is the patient's own yes to it. */
@DisplayName("a finding")
class FindingTest {

    private static final Finding OF_NOTHING = rule(ResourceCriteria.ANYTHING);
    private static final Finding OF_RESTRICTED_NOTES = rule(new ResourceCriteria(
            Set.of(),
            new DataClasses(Set.of("Observation"), Set.of(), Set.of()),
            DataCodes.ANY,
            new LabelCriteria(Set.of("PSY"), Set.of(Confidentiality.R)),
            null,
            Set.of()));

    private static Finding rule(DataCriteria criteria) {
        return new Provision("p", Effect.PERMIT, RequesterCriteria.ANYBODY, criteria, List.of());
    }

    @Test
    void namesWhatItsRuleNames() {
        assertNamesNotes(OF_RESTRICTED_NOTES);
        assertNamesNothing(OF_NOTHING);
    }

    @Test
    void ofTwoPermitsNamesWhatOneOfThemNames() {
        assertNamesNotes(new Finding.Both(OF_RESTRICTED_NOTES, OF_NOTHING));
        assertNamesNotes(new Finding.Both(OF_NOTHING, OF_RESTRICTED_NOTES));
        assertNamesNothing(new Finding.Both(OF_NOTHING, OF_NOTHING));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(NoRule.class)
    void ofNoRuleNamesNothing(NoRule finding) {
        assertNamesNothing(finding);
        assertThat(finding.explicit()).isFalse();
        assertThat(finding.path()).isEqualTo(finding == NoRule.OTHER_DATA ? "Consent.provision" : "");
    }

    @Test
    void ofARuleThatTheResourceWasFilledIntoTouchesNoLabel() {
        assertThat(rule(DataCriteria.Known.COVERED).touches("PSY")).isFalse();
        assertThat(rule(DataCriteria.Known.COVERED).touches(Confidentiality.R)).isFalse();
    }

    private static void assertNamesNotes(Finding finding) {
        assertThat(finding.namesSensitivity("PSY")).isTrue();
        assertThat(finding.namesSensitivity("HIV")).isFalse();
        assertThat(finding.namesConfidentiality(Confidentiality.N)).isTrue();
        assertThat(finding.namesConfidentiality(Confidentiality.V)).isFalse();
        assertThat(finding.namesType("Observation")).isTrue();
        assertThat(finding.namesType("Encounter")).isFalse();
        assertThat(finding.touches("SPI")).isTrue();
        assertThat(finding.touches("HIV")).isFalse();
        assertThat(finding.touches(Confidentiality.V)).isTrue();
        assertThat(finding.touches(Confidentiality.N)).isFalse();
    }

    private static void assertNamesNothing(Finding finding) {
        assertThat(finding.namesSensitivity("PSY")).isFalse();
        assertThat(finding.namesConfidentiality(Confidentiality.U)).isFalse();
        assertThat(finding.namesType("Observation")).isFalse();
        assertThat(finding.touches("PSY")).isFalse();
        assertThat(finding.touches(Confidentiality.V)).isFalse();
    }
}
