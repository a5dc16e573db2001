package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.accordhie.consent.Change.AnotherConsent;
import org.accordhie.consent.Change.AnotherOrganization;
import org.accordhie.consent.Change.AnotherPurpose;
import org.accordhie.consent.Change.AnotherTime;
import org.accordhie.consent.Change.Emergency;
import org.accordhie.consent.Change.WithoutConsents;
import org.accordhie.consent.Change.WithoutLaw;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.HardRule.Kind;
import org.accordhie.consent.ResourceCriteria.DataClasses;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.consent.Sentences.Audience;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.Meanings;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.ResourceFacts.Origin;
import org.accordhie.vocabulary.Sensitivity;
import org.accordhie.vocabulary.TimeSpan;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an officer and a patient read. */
@DisplayName("the sentences of an explanation")
class SentencesTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Sentences OFFICER = new Sentences(Audience.PRIVACY_OFFICER, SentencesTest::name);
    private static final Sentences PATIENT = new Sentences(Audience.PATIENT, SentencesTest::name);

    private static final ResourceFacts CONDITION = facts("Condition", Set.of("Patient/ann"), "Organization/lab");

    private static String name(String reference) {
        return reference.equals("Organization/clinic") ? "the Clinic" : reference;
    }

    private static ResourceFacts facts(String type, Set<String> patients, String source, String... sensitivities) {
        return new ResourceFacts(
                type,
                "1",
                2,
                patients,
                patients,
                Set.of(new Coding("sct", "1")),
                Set.of(),
                Set.of(),
                new Labels(Set.of(sensitivities), Confidentiality.N),
                null,
                new Origin(source, Set.of(source), Set.of()),
                Set.of());
    }

    private static Requester clinic(PurposeOfUse... purposes) {
        return new Requester(
                "app",
                "",
                "Organization/clinic",
                Set.of("Organization/clinic"),
                null,
                null,
                Set.of(),
                Set.of(),
                Set.of(purposes));
    }

    private static AccessRequest treating() {
        return new AccessRequest(clinic(PurposeOfUse.TREAT), AccessRequest.ACCESS, NOW);
    }

    private static ConsentPolicy consent(Effect base, Provision... provisions) {
        return new Computable(
                "Consent/c/_history/3",
                TimeSpan.ALWAYS,
                List.of(),
                base,
                RequesterCriteria.ANYBODY,
                ResourceCriteria.ANYTHING,
                List.of(provisions));
    }

    private static Provision deny(RequesterCriteria requester, ResourceCriteria resource) {
        return new Provision("Consent.provision.provision[0]", Effect.DENY, requester, resource, List.of());
    }

    private static RequesterCriteria toClinic() {
        return new RequesterCriteria(TimeSpan.ALWAYS, List.of("Organization/clinic"), List.of(), List.of());
    }

    private static Proof proof(ConsentPolicy... consents) {
        return proof(treating(), CONDITION, consents);
    }

    private static Proof proof(AccessRequest request, ResourceFacts facts, ConsentPolicy... consents) {
        return Explanation.of(request, facts, new Rules(Packs.US_OPT_OUT, Map.of("Patient/ann", List.of(consents))));
    }

    @Test
    void ofADenialNameTheConsentAndThePlaceToTheOfficer() {
        var proof = proof(consent(Effect.PERMIT, deny(toClinic(), ResourceCriteria.ANYTHING)));

        assertThat(OFFICER.of(proof))
                .isEqualTo(
                        "the Clinic may not see Condition/1 (version 2) for treatment (TREAT), because Consent/c, version"
                                + " 3 says no in `Consent.provision.provision[0]`, which speaks to the Clinic.");
    }

    @Test
    void ofADenialSpeakPlainlyToThePatient() {
        var proof = proof(consent(Effect.PERMIT, deny(toClinic(), ResourceCriteria.ANYTHING)));

        assertThat(PATIENT.of(proof))
                .isEqualTo(
                        "the Clinic may not see this Condition for treatment (TREAT), because a consent of yours says no"
                                + " in a rule that speaks to the Clinic.");
        assertThat(PATIENT.of(proof(consent(Effect.DENY)))).endsWith("because a consent of yours says no.");
    }

    @Test
    void sayWhatEveryCriterionStates() {
        var period = new TimeSpan(Instant.parse("2026-01-01T00:00:00Z"), null);
        var requester = new RequesterCriteria(
                period, List.of("Organization/clinic"), List.of(PurposeOfUse.TREAT), List.of("access"));
        var resource = new ResourceCriteria(
                Set.of("Organization/lab"),
                new DataClasses(Set.of("Condition"), Set.of(), Set.of()),
                new DataCodes(Set.of(new Coding("sct", "1")), Set.of()),
                new LabelCriteria(Set.of(), Set.of(Confidentiality.N)),
                period,
                Set.of(new DataReference(DataReference.Meaning.INSTANCE, "Condition/1")));

        assertThat(OFFICER.because(proof(consent(Effect.PERMIT, deny(requester, resource)))))
                .endsWith(
                        "which holds in 2026-01-01T00:00:00Z/.., speaks to the Clinic, speaks of treatment (TREAT), speaks"
                                + " of the action access, is about data from Organization/lab, is about Condition, is about the codes"
                                + " sct|1, names normal confidentiality (N), is about data of 2026-01-01T00:00:00Z/.. (which may or"
                                + " may not be so) and names instance Condition/1");
    }

    @Test
    void ofConsentsSayWhatTheySay() {
        var research = new RequesterCriteria(TimeSpan.ALWAYS, List.of(), List.of(PurposeOfUse.TREAT), List.of());
        var onlyEncounters = new Computable(
                "Consent/c/_history/3",
                TimeSpan.ALWAYS,
                List.of(),
                Effect.PERMIT,
                research,
                new ResourceCriteria(
                        Set.of(),
                        new DataClasses(Set.of("Encounter"), Set.of(), Set.of()),
                        DataCodes.ANY,
                        LabelCriteria.ANY,
                        null,
                        Set.of()),
                List.of());

        assertThat(OFFICER.because(proof(consent(Effect.PERMIT))))
                .isEqualTo("Consent/c, version 3 says yes in `Consent.provision`");
        assertThat(OFFICER.because(proof(onlyEncounters)))
                .isEqualTo("Consent/c, version 3 says yes to other data only");
        assertThat(OFFICER.because(proof(new ConsentPolicy.Uncomputable("Consent/c/_history/3", "it has no type"))))
                .isEqualTo("Consent/c, version 3 cannot be carried out as written (it has no type)");
        assertThat(PATIENT.because(proof(new ConsentPolicy.Uncomputable("Consent/c/_history/3", "it has no type"))))
                .isEqualTo("a consent of yours cannot be carried out as written");
    }

    @Test
    void ofTheLawNameIt() {
        var opioid = facts("Condition", Set.of("Patient/ann"), "", "OPIOIDUD");
        var unknown = new AccessRequest(clinic(), AccessRequest.ACCESS, NOW);

        assertThat(OFFICER.because(proof(treating(), opioid)))
                .isEqualTo(
                        "the rule “Substance use disorder records (42 CFR 2.31; in a medical emergency 2.51)”"
                                + " (Consent/policy-us-part2, version 1) asks for a consent that says so by name, and there is none");
        assertThat(PATIENT.of(proof()))
                .isEqualTo(
                        "the Clinic may see this Condition for treatment (TREAT), because no consent speaks of it, and the"
                                + " rule “"
                                + Packs.US_OPT_OUT.rules().get(0).title()
                                + "” permits it where you have said nothing.");
        assertThat(OFFICER.of(proof(unknown, CONDITION)))
                .startsWith(
                        "the Clinic may not see Condition/1 (version 2) without saying why, because no consent permits"
                                + " it, and the rule “Treatment");
        assertThat(OFFICER.because(
                        Explanation.of(treating(), CONDITION, new Rules(new ReleasePolicy(List.of()), Map.of()))))
                .isEqualTo("no consent permits it, and neither does any rule where the patient has said nothing");
    }

    @Test
    void ofLawsThatNoConsentChangesSaySo() {
        for (var kind : List.of(Kind.NEVER, Kind.ALWAYS)) {
            var rule = (Computable) consent(kind == Kind.NEVER ? Effect.DENY : Effect.PERMIT);
            var rules = new Rules(new ReleasePolicy(List.of(new HardRule(kind, "A law", rule))), Map.of());

            assertThat(OFFICER.because(Explanation.of(treating(), CONDITION, rules)))
                    .isEqualTo("the rule “A law” (Consent/c, version 3) " + (kind == Kind.NEVER ? "forbids" : "permits")
                            + " it whatever the patient has said");
        }
    }

    @Test
    void ofWhatNeedsNoConsentSayWhy() {
        var officer = new AccessRequest(
                new Requester(
                        "app",
                        "",
                        "Organization/clinic",
                        Set.of(),
                        null,
                        null,
                        Set.of(),
                        Set.of(ExchangeRole.PRIVACY_OFFICER),
                        Set.of()),
                AccessRequest.ACCESS,
                NOW);
        var ann = Set.of("Patient/ann");

        assertThat(OFFICER.because(proof(treating(), facts("Condition", ann, "Organization/clinic"))))
                .isEqualTo("the author organisation reads what it wrote");
        assertThat(OFFICER.because(proof(treating(), facts("Organization", Set.of(), ""))))
                .isEqualTo("everybody on the exchange may read its directory");
        assertThat(OFFICER.because(proof(treating(), facts("Condition", Set.of(), ""))))
                .isEqualTo("it names no patient, so that nobody's consent can be asked");
        assertThat(OFFICER.because(proof(treating(), facts("Consent", ann, ""))))
                .isEqualTo("a consent tells what its patient hides");
        assertThat(OFFICER.because(proof(officer, facts("Consent", ann, ""))))
                .isEqualTo("privacy officers look after consents");
        assertThat(OFFICER.because(proof(officer, facts("Patient", ann, ""))))
                .isEqualTo("privacy officers look after demographics");
    }

    @Test
    void ofAnEmergencySaySo() {
        var emergency = new AccessRequest(
                clinic(PurposeOfUse.BTG), AccessRequest.ACCESS, NOW, new BreakGlass("Patient/ann", "unconscious"));

        assertThat(OFFICER.of(proof(emergency, CONDITION, consent(Effect.DENY))))
                .isEqualTo(
                        "the Clinic may see Condition/1 (version 2) for breaking the glass in an emergency (BTG), because"
                                + " an emergency is declared, which opens the record for a time.");
    }

    @Test
    void ofAChangeSayWhatWouldComeOut() {
        var two = new WithoutConsents(Set.of("Consent/a/_history/1", "Consent/b/_history/2"));
        assertThat(Stream.of(
                                new AnotherPurpose(PurposeOfUse.HRESCH),
                                new Emergency("Patient/ann"),
                                two,
                                new WithoutLaw("Consent/law/_history/1", "A law"),
                                new AnotherConsent(Set.of()),
                                new AnotherConsent(Set.of("ETH", "HIV", "LOCAL")),
                                new AnotherTime(NOW),
                                new AnotherOrganization("Organization/clinic"))
                        .map(change -> OFFICER.of(new Counterfactual(change, true))))
                .containsExactly(
                        "permitted if the purpose were research (HRESCH)",
                        "permitted in a declared emergency",
                        "permitted without Consent/a, version 1 and Consent/b, version 2",
                        "permitted without the rule “A law”",
                        "permitted with a consent of the patient that permits it",
                        "permitted with a consent of the patient that permits it and names substance use (ETH), HIV and"
                                + " AIDS (HIV) and LOCAL",
                        "permitted if it were asked at 2026-06-01T12:00:00Z",
                        "permitted if the Clinic asked");
        assertThat(PATIENT.of(new Counterfactual(two, false))).isEqualTo("hidden without several of your consents");
        assertThat(PATIENT.of(new Counterfactual(new WithoutConsents(Set.of("Consent/a/_history/1")), false)))
                .isEqualTo("hidden without one of your consents");
        assertThat(PATIENT.of(new Counterfactual(new AnotherConsent(Set.of()), true)))
                .isEqualTo("permitted with a consent of yours that permits it");
    }

    @Test
    void ofARecordCountIt() {
        var summary = AccessSummary.of(
                treating(), List.of(CONDITION), new Rules(Packs.US_OPT_OUT, Map.of("Patient/ann", List.of())));

        assertThat(OFFICER.of(summary)).isEqualTo("the Clinic may see 1 of 1 resources for treatment (TREAT).");
    }

    @Test
    void sumUpWhatIsSeenAndWhatIsHiddenByLabel() {
        var drugs = facts("Observation", Set.of("Patient/ann"), "Organization/lab", "ETH");
        var summary = AccessSummary.of(
                treating(),
                List.of(CONDITION, drugs, drugs),
                new Rules(Packs.US_OPT_OUT, Map.of("Patient/ann", List.of())));

        assertThat(OFFICER.of(summary)).isEqualTo("the Clinic may see 1 of 3 resources for treatment (TREAT).");
        assertThat(summary.byLabel())
                .isEqualTo(Map.of("ETH", new AccessSummary.Tally(0, 2), "N", new AccessSummary.Tally(1, 2)));
    }

    @Test
    void nameThePlaceInTheFirstOfTwoConsentsThatSayTheSame() {
        var byRule = consent(Effect.PERMIT, deny(toClinic(), ResourceCriteria.ANYTHING));
        var whole = consent(Effect.DENY);
        var question = new Question(treating(), PurposeOfUse.TREAT, CONDITION);

        assertThat(Consented.of(List.of(byRule, whole), question).path()).isEqualTo("Consent.provision.provision[0]");
        assertThat(Consented.of(List.of(whole, byRule), question).path()).isEqualTo("Consent.provision");
    }

    @Test
    void nameThePlaceInTheConsentThatDecidesAndNotInAnother() {
        var silent = new Computable(
                "Consent/a/_history/1",
                TimeSpan.ALWAYS,
                List.of(),
                Effect.DENY,
                new RequesterCriteria(TimeSpan.ALWAYS, List.of("Organization/nobody"), List.of(), List.of()),
                ResourceCriteria.ANYTHING,
                List.of(deny(
                        new RequesterCriteria(TimeSpan.ALWAYS, List.of("Organization/nobody"), List.of(), List.of()),
                        ResourceCriteria.ANYTHING)));
        var proof = proof(silent, consent(Effect.PERMIT, deny(toClinic(), ResourceCriteria.ANYTHING)));

        assertThat(proof.deciders()).extracting(Proof.Decider::rule).containsExactly("Consent/c/_history/3");
        assertThat(OFFICER.of(proof)).contains("speaks to the Clinic").doesNotContain("nobody");
    }

    @Test
    void leaveNoCodeOfTheShippedRulesUnexplained() {
        assertThat(Set.of("TREAT", "HPAYMT", "HOPERAT", "HRESCH", "BTG", "PUBHLTH"))
                .allMatch(code -> Meanings.of(PurposeOfUse.valueOf(code)).isPresent());
        assertThat(Stream.of(Confidentiality.values()).map(Enum::name))
                .allMatch(code -> Meanings.ofLabel(code).isPresent());
        assertThat(List.of("ETH", "SUD", "PSY", "HIV", "SEX", "VIO", "GDIS", Sensitivity.ANY))
                .allMatch(code -> Meanings.ofLabel(code).isPresent());
        assertThat(Meanings.ofLabel("LOCAL")).isEmpty();
    }
}
