package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.accordhie.consent.HardRule.Kind;
import org.accordhie.consent.ResourceCriteria.DataClasses;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.consent.TokenResidual.TokenRule;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Sensitivity;
import org.accordhie.vocabulary.TimeSpan;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("residuals, by example")
class ResidualOfferExamplesTest {

    private static final ResourceCriteria ETH = labels(Set.of("ETH"));
    private static final ResourceCriteria PSY = labels(Set.of("PSY"));
    private static final ResourceCriteria ABOVE_R = labels(Set.of(), Confidentiality.V);
    private static final ResourceCriteria YEAR = new ResourceCriteria(
            Set.of(),
            DataClasses.ANY,
            DataCodes.ANY,
            LabelCriteria.ANY,
            new TimeSpan(Instant.parse("2026-01-01T00:00:00Z"), null),
            Set.of());
    private static final ResourceCriteria ANYTHING = ResourceCriteria.ANYTHING;
    private static final RequesterCriteria RESEARCH =
            new RequesterCriteria(TimeSpan.ALWAYS, List.of(), List.of(PurposeOfUse.HRESCH), List.of());

    private static final HardRule DEFAULT =
            law(Kind.DEFAULT, rule(Effect.DENY, ANYTHING, permit(labels(Set.of(Sensitivity.ANY), Confidentiality.R))));
    private static final HardRule PART_2 = law(Kind.REQUIRES_CONSENT, rule(Effect.DENY, ETH));
    private static final HardRule FOR_RESEARCH = law(
            Kind.DEFAULT,
            new ConsentPolicy.Computable(
                    "Consent/1", TimeSpan.ALWAYS, List.of(), Effect.PERMIT, RESEARCH, ANYTHING, List.of()));

    static Stream<Arguments> offers() {
        return Stream.of(
                row("nobody said anything", List.of(PART_2, DEFAULT), List.of(), true, forbid(ABOVE_R), forbid(ETH)),
                row("a default for others", List.of(FOR_RESEARCH, DEFAULT), List.of(), true, forbid(ABOVE_R)),
                row("no default", List.of(PART_2), List.of(), true, forbid(ANYTHING)),
                row("a yes", List.of(PART_2, DEFAULT), List.of(rule(Effect.PERMIT, ANYTHING)), true, forbid(ETH)),
                row(
                        "a yes by name",
                        List.of(PART_2, DEFAULT),
                        List.of(rule(Effect.PERMIT, ANYTHING, permit(ETH))),
                        true,
                        forbid(ETH),
                        permitted(ETH)),
                row(
                        "a yes to a year, which is no yes by name",
                        List.of(PART_2, DEFAULT),
                        List.of(rule(Effect.PERMIT, ANYTHING, permit(YEAR))),
                        false,
                        forbid(ETH)),
                row(
                        "a yes but to psychiatry",
                        List.of(DEFAULT),
                        List.of(rule(Effect.PERMIT, ANYTHING, deny(PSY))),
                        true,
                        forbid(PSY)),
                row(
                        "only a year",
                        List.of(DEFAULT),
                        List.of(rule(Effect.DENY, ANYTHING, permit(YEAR))),
                        true,
                        forbid(ANYTHING),
                        permitted(YEAR)),
                row(
                        "only a year, where a law asks for a name",
                        List.of(PART_2, DEFAULT),
                        List.of(rule(Effect.DENY, ANYTHING, permit(YEAR))),
                        false,
                        forbid(ANYTHING)),
                row(
                        "only a year, said at the root",
                        List.of(DEFAULT),
                        List.of(rule(Effect.PERMIT, YEAR)),
                        true,
                        forbid(ANYTHING),
                        permitted(YEAR)),
                row(
                        "a no to a year, at the root",
                        List.of(DEFAULT),
                        List.of(rule(Effect.DENY, YEAR)),
                        true,
                        forbid(YEAR),
                        forbid(ABOVE_R)),
                row(
                        "two that close",
                        List.of(DEFAULT),
                        List.of(rule(Effect.DENY, ANYTHING, permit(YEAR)), rule(Effect.DENY, ANYTHING, permit(PSY))),
                        false,
                        forbid(ANYTHING)),
                row(
                        "a law that never tells of psychiatry",
                        List.of(law(Kind.NEVER, rule(Effect.DENY, PSY)), DEFAULT),
                        List.of(),
                        true,
                        forbid(PSY),
                        forbid(ABOVE_R)),
                row(
                        "given under a law that asks for nothing",
                        List.of(DEFAULT),
                        List.of(rule(Effect.PERMIT, ANYTHING)),
                        true),
                row(
                        "given under the law that asks",
                        List.of(law(Kind.REQUIRES_CONSENT, under("law", ETH)), DEFAULT),
                        List.of(under(Effect.PERMIT, "law", ANYTHING)),
                        false,
                        forbid(ETH)),
                row(
                        "given under another law than the one that asks",
                        List.of(PART_2, law(Kind.NEVER, under("law", PSY))),
                        List.of(under(Effect.PERMIT, "law", ANYTHING)),
                        true,
                        forbid(PSY),
                        forbid(ETH)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("offers")
    void offers(
            String name, List<HardRule> laws, List<ConsentPolicy> consents, boolean exact, List<TokenRule> expected) {
        var rules = new Rules(new ReleasePolicy(laws), Map.of(PlainWorld.ANN, consents));

        var offer = ResidualOffer.of(PlainWorld.request(), PlainWorld.ANN, rules);

        assertThat(offer.residual().rules()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(offer.isExact()).isEqualTo(exact);
    }

    private static Arguments row(
            String name, List<HardRule> laws, List<ConsentPolicy> consents, boolean exact, TokenRule... expected) {
        return Arguments.of(name, laws, consents, exact, List.of(expected));
    }

    private static HardRule law(Kind kind, ConsentPolicy.Computable rule) {
        return new HardRule(kind, "a law", rule);
    }

    private static ConsentPolicy.Computable rule(Effect effect, ResourceCriteria data, Provision... exceptions) {
        return new ConsentPolicy.Computable(
                "Consent/1", TimeSpan.ALWAYS, List.of(), effect, RequesterCriteria.ANYBODY, data, List.of(exceptions));
    }

    private static ConsentPolicy.Computable under(String law, ResourceCriteria data) {
        return under(Effect.DENY, law, data);
    }

    private static ConsentPolicy.Computable under(Effect effect, String law, ResourceCriteria data) {
        return new ConsentPolicy.Computable(
                "Consent/1", TimeSpan.ALWAYS, List.of(law), effect, RequesterCriteria.ANYBODY, data, List.of());
    }

    private static Provision permit(ResourceCriteria data) {
        return new Provision("p", Effect.PERMIT, RequesterCriteria.ANYBODY, data, List.of());
    }

    private static Provision deny(ResourceCriteria data) {
        return new Provision("p", Effect.DENY, RequesterCriteria.ANYBODY, data, List.of());
    }

    private static TokenRule forbid(ResourceCriteria data) {
        return new TokenRule(Effect.DENY, data);
    }

    private static TokenRule permitted(ResourceCriteria data) {
        return new TokenRule(Effect.PERMIT, data);
    }

    private static ResourceCriteria labels(Set<String> sensitivities, Confidentiality... levels) {
        return new ResourceCriteria(
                Set.of(),
                DataClasses.ANY,
                DataCodes.ANY,
                new LabelCriteria(sensitivities, Set.of(levels)),
                null,
                Set.of());
    }
}
