package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.HardRule.Kind;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.ResourceFacts.Origin;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("a rule that takes elements out")
class ElementRuleTest {

    private static final Instant NOW = Instant.parse("2026-01-15T10:00:00Z");
    private static final TimeSpan LATER = new TimeSpan(NOW.plusSeconds(1), null);

    private static final HardRule OPEN = law(TimeSpan.ALWAYS);
    private static final HardRule RESEARCH =
            law(TimeSpan.ALWAYS, removal("Patient.telecom", criteria(List.of(), PurposeOfUse.HRESCH)));
    private static final HardRule CLINIC =
            law(TimeSpan.ALWAYS, removal("Patient.address", criteria(List.of("Organization/clinic"))));
    private static final HardRule BOTH = law(
            TimeSpan.ALWAYS,
            removal(
                    "Patient.name",
                    criteria(List.of("Organization/clinic")),
                    criteria(List.of(), PurposeOfUse.HRESCH)));
    private static final HardRule NEXT_YEAR = law(LATER, removal("Patient.photo", RequesterCriteria.ANYBODY));
    private static final HardRule EMERGENCY =
            law(TimeSpan.ALWAYS, removal("Patient.contact", criteria(List.of(), PurposeOfUse.ETREAT)));

    static Stream<Arguments> requests() {
        return Stream.of(
                arguments("no rule", List.of(OPEN), asking("clinic", PurposeOfUse.HRESCH), Set.of()),
                arguments(
                        "the purpose", List.of(RESEARCH), asking("x", PurposeOfUse.HRESCH), Set.of("Patient.telecom")),
                arguments("another purpose", List.of(RESEARCH), asking("x", PurposeOfUse.TREAT), Set.of()),
                arguments("no purpose", List.of(RESEARCH), asking("x"), Set.of("Patient.telecom")),
                arguments(
                        "one of two purposes",
                        List.of(RESEARCH),
                        asking("x", PurposeOfUse.TREAT, PurposeOfUse.HRESCH),
                        Set.of("Patient.telecom")),
                arguments(
                        "the recipient",
                        List.of(CLINIC),
                        asking("clinic", PurposeOfUse.TREAT),
                        Set.of("Patient.address")),
                arguments("another recipient", List.of(CLINIC), asking("x", PurposeOfUse.TREAT), Set.of()),
                arguments(
                        "several rules",
                        List.of(RESEARCH, OPEN, CLINIC, BOTH),
                        asking("clinic", PurposeOfUse.HRESCH),
                        Set.of("Patient.telecom", "Patient.address", "Patient.name")),
                arguments("half of the criteria", List.of(BOTH), asking("clinic", PurposeOfUse.TREAT), Set.of()),
                arguments("a rule of next year", List.of(NEXT_YEAR), asking("x", PurposeOfUse.TREAT), Set.of()),
                arguments("an emergency", List.of(EMERGENCY), inEmergency(), Set.of("Patient.contact")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void appliesByTheRequestAlone(String what, List<HardRule> rules, AccessRequest request, Set<String> removed) {
        var policy = new ReleasePolicy(rules);

        assertThat(names(policy.removed(request))).as(what).isEqualTo(removed);
        assertThat(names(duties(DecisionPoint.decide(request, patient(""), rulesOf(policy)))))
                .isEqualTo(removed);
    }

    static Stream<Arguments> precedence() {
        var clinic = asking("clinic", PurposeOfUse.TREAT);
        return Stream.of(
                arguments("a stranger", clinic, patient("Organization/hospital"), Set.of("Patient.address")),
                arguments("the author", clinic, patient("Organization/clinic"), Set.of()),
                arguments("the patient", requester("clinic", "Patient/ann", Set.of()), patient(""), Set.of()),
                arguments(
                        "another patient",
                        requester("clinic", "Patient/bob", Set.of()),
                        patient(""),
                        Set.of("Patient.address")),
                arguments("an officer", officer(), patient(""), Set.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("precedence")
    void comesAfterWhatComesBeforeAnyPolicy(
            String what, AccessRequest request, ResourceFacts patient, Set<String> removed) {
        var decision = DecisionPoint.decide(request, patient, rulesOf(new ReleasePolicy(List.of(OPEN, CLINIC))));

        assertThat(decision.permits()).as(what).isTrue();
        assertThat(names(duties(decision))).isEqualTo(removed);
    }

    @Test
    void closesNoSearchToOfficersWhoReadDemographicsWhole() {
        var everything = law(TimeSpan.ALWAYS, removal("Condition.note", RequesterCriteria.ANYBODY));
        var policy = new ReleasePolicy(List.of(CLINIC, everything));

        assertThat(names(policy.removed(officer()))).containsExactly("Condition.note");
    }

    @Test
    void obligesToNothingWhereTheResourceIsHidden() {
        var never = new HardRule(Kind.NEVER, "never", rule(Effect.DENY, TimeSpan.ALWAYS));

        assertThat(DecisionPoint.decide(
                                asking("clinic", PurposeOfUse.TREAT),
                                patient(""),
                                rulesOf(new ReleasePolicy(List.of(OPEN, CLINIC, never))))
                        .duties())
                .isEmpty();
    }

    @Test
    void leavesATokenNothingToSay() {
        var rules = rulesOf(new ReleasePolicy(List.of(RESEARCH)));

        assertThat(ResidualOffer.of(asking("x", PurposeOfUse.TREAT), "Patient/ann", rules)
                        .residual()
                        .forbids(patient("")))
                .isFalse();
        assertThat(ResidualOffer.of(asking("x", PurposeOfUse.HRESCH), "Patient/ann", rules))
                .matches(offer -> offer.residual().forbids(patient("")))
                .matches(offer -> !offer.isExact());
    }

    @Test
    void touchesWhatIsAboveAndBelow() {
        var family = named("Patient.name.family");

        assertThat(family.touches(List.of("name"))).isTrue();
        assertThat(family.touches(List.of("name", "family", "x"))).isTrue();
        assertThat(family.touches(List.of())).isTrue();
        assertThat(family.touches(List.of("name", "given"))).isFalse();
    }

    private static Rules rulesOf(ReleasePolicy policy) {
        return new Rules(policy, Map.of());
    }

    private static Set<NamedElement> duties(Decision decision) {
        return decision.duties().stream()
                .flatMap(duty -> duty instanceof Obligation.Remove remove
                        ? remove.elements().stream()
                        : Stream.<NamedElement>of())
                .collect(Collectors.toSet());
    }

    private static Set<String> names(Set<NamedElement> elements) {
        return elements.stream().map(NamedElement::toString).collect(Collectors.toSet());
    }

    private static HardRule law(TimeSpan validity, ElementRule... removals) {
        return new HardRule(Kind.DEFAULT, "a law", rule(Effect.PERMIT, validity), List.of(removals));
    }

    private static Computable rule(Effect effect, TimeSpan validity) {
        return new Computable(
                "Consent/1/_history/1",
                validity,
                List.of(),
                effect,
                RequesterCriteria.ANYBODY,
                ResourceCriteria.ANYTHING,
                List.of());
    }

    private static ElementRule removal(String name, RequesterCriteria... criteria) {
        return new ElementRule(List.of(criteria), List.of(named(name)));
    }

    private static NamedElement named(String name) {
        var path = List.of(name.split("\\."));
        return new NamedElement(path.get(0), path.subList(1, path.size()));
    }

    private static RequesterCriteria criteria(List<String> recipients, PurposeOfUse... purposes) {
        return new RequesterCriteria(TimeSpan.ALWAYS, recipients, List.of(purposes), List.of());
    }

    private static AccessRequest asking(String organization, PurposeOfUse... purposes) {
        var address = "Organization/" + organization;
        return new AccessRequest(
                new Requester("app", "", address, Set.of(address), null, null, Set.of(), Set.of(), Set.of(purposes)),
                AccessRequest.ACCESS,
                NOW);
    }

    private static AccessRequest requester(String organization, @Nullable String patient, Set<ExchangeRole> roles) {
        var address = "Organization/" + organization;
        return new AccessRequest(
                new Requester(
                        "app",
                        "",
                        address,
                        Set.of(address),
                        null,
                        patient,
                        Set.of(),
                        roles,
                        Set.of(PurposeOfUse.TREAT)),
                AccessRequest.ACCESS,
                NOW);
    }

    private static AccessRequest officer() {
        return requester("clinic", null, Set.of(ExchangeRole.PRIVACY_OFFICER));
    }

    private static AccessRequest inEmergency() {
        return new AccessRequest(
                asking("x", PurposeOfUse.BTG).requester(),
                AccessRequest.ACCESS,
                NOW,
                new BreakGlass("Patient/ann", "unconscious"));
    }

    private static ResourceFacts patient(String source) {
        return new ResourceFacts(
                "Patient",
                "ann",
                1,
                Set.of("Patient/ann"),
                Set.of("Patient/ann"),
                Set.of(),
                Set.of(),
                Set.of(),
                new Labels(Set.of(), Confidentiality.N),
                null,
                source.isEmpty() ? Origin.EXCHANGE : new Origin(source, Set.of(source), Set.of()),
                Set.of());
    }
}
