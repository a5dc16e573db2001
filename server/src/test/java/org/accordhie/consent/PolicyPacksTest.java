package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.accordhie.consent.HardRule.Kind;
import org.accordhie.consent.ResourceCriteria.DataClasses;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.consent.fhir.PolicyPacks;
import org.accordhie.consent.fhir.PolicyReader;
import org.accordhie.consent.fhir.UnenforceableConsent;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.ResourceFacts.Origin;
import org.accordhie.vocabulary.TimeSpan;
import org.hl7.fhir.r4.model.Consent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the shipped packs say, as they are read. */
@DisplayName("the shipped packs")
class PolicyPacksTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final String ANN = "Patient/ann";
    private static final Instant NOW = Instant.parse("2026-01-15T10:00:00Z");

    @Test
    void sayInFhirWhatTheTestsSayInJava() {
        assertThat(pack("us-opt-out")).isEqualTo(Packs.US_OPT_OUT);
    }

    @Test
    void canAllBeReadAndCiteTheirSources() {
        for (var name : PolicyPacks.NAMES) {
            assertThat(pack(name).rules()).as(name).isNotEmpty().allSatisfy(rule -> {
                assertThat(rule.rule().bases()).isNotEmpty().allMatch(basis -> basis.startsWith("https://"));
                assertThat(rule.title()).contains("CFR");
            });
        }
    }

    @Test
    void sayTheSameWhereTwoHaveARule() {
        var rules = new HashMap<String, Consent>();
        for (var name : PolicyPacks.NAMES) {
            for (var rule : PolicyPacks.rules(FHIR, List.of(name))) {
                var other = rules.putIfAbsent(rule.getId(), rule);
                assertThat(other == null || other.equalsDeep(rule))
                        .as("%s of %s", rule.getId(), name)
                        .isTrue();
            }
        }
    }

    @Test
    void areReadableWithoutTheProgram() {
        assertThat(PolicyPacks.text("us-opt-in")).contains("\"resourceType\": \"Bundle\"");
        assertThatThrownBy(() -> PolicyPacks.text("../us-opt-in"))
                .hasMessageContaining("none of the packs us-opt-out, us-opt-in");
    }

    @Test
    void holdADefaultOrSayThatTheyNeedOne() {
        assertThat(PolicyPacks.NAMES.stream()
                        .filter(name -> pack(name).rules().stream().anyMatch(rule -> rule.kind() == Kind.DEFAULT)))
                .containsExactly("us-opt-out", "us-opt-in");
    }

    @Test
    void optOutReleasesForTreatmentUnlessThePatientRefuses() {
        var optOut = pack("us-opt-out");

        assertThat(permits(optOut, ask(PurposeOfUse.TREAT), record("N"))).isTrue();
        assertThat(permits(optOut, ask(PurposeOfUse.TREAT), record("V"))).isFalse();
        assertThat(permits(optOut, ask(PurposeOfUse.HRESCH), record("N"))).isFalse();
        assertThat(permits(optOut, ask(PurposeOfUse.TREAT), record("N"), says(Effect.DENY)))
                .isFalse();
    }

    @Test
    void optInReleasesNothingWithoutAYesButInAnEmergency() {
        var optIn = pack("us-opt-in");

        assertThat(permits(optIn, ask(PurposeOfUse.TREAT), record("N"))).isFalse();
        assertThat(permits(optIn, ask(PurposeOfUse.TREAT), record("N"), says(Effect.PERMIT)))
                .isTrue();
        assertThat(permits(optIn, emergency(), record("R", "HIV"))).isTrue();
        assertThat(permits(optIn, emergency(), record("R", "SUD"))).isTrue();
        assertThat(permits(optIn, emergency(), record("R", "PSYTHPN"))).isFalse();
    }

    @Test
    void oneConsentUnderPart2CoversTreatmentPaymentAndOperations() {
        var part2 = pack("us-opt-out", "us-part2");
        var general = says(Effect.PERMIT);
        var underPart2 = under(List.of(Packs.PART_2), PurposeOfUse.TREAT, PurposeOfUse.HPAYMT, PurposeOfUse.HOPERAT);

        for (var purpose : List.of(PurposeOfUse.TREAT, PurposeOfUse.HPAYMT, PurposeOfUse.HOPERAT)) {
            assertThat(permits(part2, ask(purpose), record("R", "SUD"), general))
                    .isFalse();
            assertThat(permits(part2, ask(purpose), record("R", "SUD"), underPart2))
                    .isTrue();
        }
        assertThat(permits(part2, ask(PurposeOfUse.HLEGAL), record("R", "SUD"), underPart2))
                .isFalse();
        assertThat(permits(part2, ask(PurposeOfUse.HLEGAL), record("N"), underPart2))
                .isTrue();
    }

    @Test
    void counselingNotesNeedAConsentOfTheirOwn() {
        var part2 = pack("us-opt-out", "us-part2");
        var notes = record("R", "SUD", "PSYTHPN");
        var underPart2 = under(List.of(Packs.PART_2));

        assertThat(permits(part2, ask(PurposeOfUse.TREAT), notes, underPart2)).isFalse();
        assertThat(permits(part2, ask(PurposeOfUse.TREAT), notes, underPart2, naming("PSYTHPN", "SUD")))
                .isTrue();
        assertThat(permits(part2, emergency(), notes)).isFalse();
    }

    @Test
    void researchNeedsAYesThatNamesWhatIsSensitive() {
        var strict = pack("us-opt-out", "research-strict");
        var research = ask(PurposeOfUse.CLINTRCH);

        assertThat(permits(strict, research, record("N"))).isFalse();
        assertThat(permits(strict, research, record("N"), says(Effect.PERMIT))).isTrue();
        assertThat(permits(strict, research, record("R", "HIV"), says(Effect.PERMIT)))
                .isFalse();
        assertThat(permits(strict, research, record("R", "HIV"), naming("HIV"))).isTrue();
        assertThat(permits(strict, research, record("R", "PSYTHPN"), naming("PSYTHPN")))
                .isFalse();
        assertThat(permits(strict, ask(PurposeOfUse.TREAT), record("R", "HIV"))).isTrue();
    }

    @Test
    void defaultsOfTwoPacksHoldTogether() {
        var both = pack("us-opt-out", "us-opt-in");

        assertThat(permits(both, ask(PurposeOfUse.TREAT), record("N"))).isFalse();
        assertThat(permits(both, emergency(), record("N"))).isTrue();
    }

    @Test
    void nothingIsReleasedWhereTheRulesAreNotKnown() {
        var closed = ReleasePolicy.closed("not known");

        assertThat(permits(closed, ask(PurposeOfUse.TREAT), record("U"), says(Effect.PERMIT)))
                .isFalse();
        assertThat(permits(closed, emergency(), record("U"))).isFalse();
    }

    private static ReleasePolicy pack(String... names) {
        var rules = new ArrayList<HardRule>();
        for (var rule : PolicyPacks.rules(FHIR, List.of(names))) {
            rule.getMeta().setVersionId("1");
            try {
                rules.add(PolicyReader.read(rule));
            } catch (UnenforceableConsent unenforceable) {
                throw new AssertionError(rule.getId(), unenforceable);
            }
        }
        return new ReleasePolicy(rules);
    }

    private static boolean permits(
            ReleasePolicy policy, AccessRequest request, ResourceFacts facts, ConsentPolicy... consents) {
        return DecisionPoint.decide(request, facts, new Rules(policy, Map.of(ANN, List.of(consents))))
                .permits();
    }

    private static AccessRequest ask(PurposeOfUse purpose) {
        return request(purpose, null);
    }

    private static AccessRequest emergency() {
        return request(PurposeOfUse.BTG, new BreakGlass(ANN, "unconscious"));
    }

    private static AccessRequest request(PurposeOfUse purpose, @Nullable BreakGlass glass) {
        var clinic = "Organization/clinic";
        var requester =
                new Requester("app", "", clinic, Set.of(clinic), null, null, Set.of(), Set.of(), Set.of(purpose));
        return new AccessRequest(requester, AccessRequest.ACCESS, NOW, glass);
    }

    private static ResourceFacts record(String confidentiality, String... sensitivities) {
        return new ResourceFacts(
                "Condition",
                "1",
                1,
                Set.of(ANN),
                Set.of(ANN),
                Set.of(),
                Set.of(),
                Set.of(),
                new Labels(Set.of(sensitivities), Confidentiality.valueOf(confidentiality)),
                null,
                Origin.EXCHANGE,
                Set.of());
    }

    private static ConsentPolicy says(Effect effect) {
        return consent(List.of(), effect, RequesterCriteria.ANYBODY, LabelCriteria.ANY);
    }

    private static ConsentPolicy under(List<String> bases, PurposeOfUse... purposes) {
        var asking = new RequesterCriteria(TimeSpan.ALWAYS, List.of(), Arrays.asList(purposes), List.of());
        return consent(bases, Effect.PERMIT, asking, LabelCriteria.ANY);
    }

    private static ConsentPolicy naming(String... sensitivities) {
        var labels = new LabelCriteria(Set.of(sensitivities), Set.of());
        return consent(List.of(), Effect.PERMIT, RequesterCriteria.ANYBODY, labels);
    }

    private static ConsentPolicy consent(
            List<String> bases, Effect effect, RequesterCriteria asking, LabelCriteria labels) {
        return new ConsentPolicy.Computable(
                "Consent/1/_history/1",
                TimeSpan.ALWAYS,
                bases,
                effect,
                asking,
                new ResourceCriteria(Set.of(), DataClasses.ANY, DataCodes.ANY, labels, null, Set.of()),
                List.of());
    }
}
