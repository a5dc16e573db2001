package org.accordhie.consent.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.accordhie.consent.AccessRequest;
import org.accordhie.consent.ConsentPolicy;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.Effect;
import org.accordhie.consent.HardRule;
import org.accordhie.consent.HardRule.Kind;
import org.accordhie.consent.ReleasePolicy;
import org.accordhie.consent.ReleaseRule;
import org.accordhie.consent.RequesterCriteria;
import org.accordhie.consent.ResourceCriteria;
import org.accordhie.consent.jpa.PolicyTable;
import org.accordhie.consent.jpa.ReleaseClasses;
import org.accordhie.consent.jpa.RulesKnown;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.TimeSpan;
import org.junit.jupiter.api.Test;

/** What is remembered of a requester is never older than the rules, nor good beyond the moment at which one begins or ends. */
class PermittedClassesTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static final Computable DENIED_IN_THE_AFTERNOON =
            saying(Effect.DENY, new TimeSpan(NOON, NOON.plusSeconds(3_600)), RequesterCriteria.ANYBODY);

    private static final Computable DENIED_TO_THE_CLINIC = saying(
            Effect.DENY,
            TimeSpan.ALWAYS,
            new RequesterCriteria(TimeSpan.ALWAYS, List.of("Organization/clinic"), List.of(), List.of()));

    private final PermittedClasses permitted = new PermittedClasses();

    @Test
    void aRuleThatBeginsOrEndsIsFeltAtThatInstant() {
        var rules = rules(1, Effect.PERMIT, Map.of(1, of(DENIED_IN_THE_AFTERNOON), 2, of(DENIED_TO_THE_CLINIC)));
        var end = NOON.plusSeconds(3_600);

        assertThat(permitted.of(asking("hospital", NOON.minusSeconds(60)), rules))
                .isEqualTo(octets(1, 2));
        assertThat(permitted.of(asking("hospital", NOON.minusNanos(1)), rules)).isEqualTo(octets(1, 2));
        assertThat(permitted.of(asking("hospital", NOON), rules)).isEqualTo(octets(2));
        assertThat(permitted.of(asking("hospital", end), rules)).isEqualTo(octets(2));
        assertThat(permitted.of(asking("hospital", end.plusNanos(1)), rules)).isEqualTo(octets(1, 2));
        // The clocks of two requests need not agree.
        assertThat(permitted.of(asking("hospital", NOON.minusSeconds(60)), rules))
                .isEqualTo(octets(1, 2));
        assertThat(permitted.of(asking("hospital", NOON), rules)).isEqualTo(octets(2));
    }

    @Test
    void whoAsksIsNotAnsweredForSomebodyElse() {
        var rules = rules(1, Effect.PERMIT, Map.of(2, of(DENIED_TO_THE_CLINIC)));

        assertThat(permitted.of(asking("hospital", NOON), rules)).isEqualTo(octets(2));
        assertThat(permitted.of(asking("clinic", NOON), rules)).isEqualTo(octets());
        assertThat(permitted.of(asking("hospital", NOON), rules)).isEqualTo(octets(2));
    }

    @Test
    void anotherLawAndAnotherClassAreFeltAtOnce() {
        var open = of();

        assertThat(permitted.of(asking("clinic", NOON), rules(1, Effect.PERMIT, Map.of(1, open))))
                .isEqualTo(octets(1));
        assertThat(permitted.of(asking("clinic", NOON), rules(2, Effect.DENY, Map.of(1, open))))
                .isEqualTo(octets());
        assertThat(permitted.of(asking("clinic", NOON), rules(3, Effect.PERMIT, Map.of(1, open))))
                .isEqualTo(octets(1));
        assertThat(permitted.of(asking("clinic", NOON), rules(3, Effect.PERMIT, Map.of(1, open, 4, open))))
                .isEqualTo(octets(1, 4));
    }

    @Test
    void aClassIsTheBitOfItsNumber() {
        var open = of();
        var rules = rules(1, Effect.PERMIT, Map.of(1, open, 3, open, 8, open, 17, of(DENIED_TO_THE_CLINIC), 18, open));

        assertThat(permitted.of(asking("clinic", NOON), rules)).isEqualTo("0a0104");
    }

    /** Of classes below 8. */
    private static String octets(int... classes) {
        var bits = IntStream.of(classes).map(number -> 1 << number).sum();
        return bits == 0 ? "" : String.format("%02x", bits);
    }

    private static RulesKnown rules(long epoch, Effect base, Map<Integer, ReleaseRule> classes) {
        var law = new HardRule(Kind.DEFAULT, "default", saying(base, TimeSpan.ALWAYS, RequesterCriteria.ANYBODY));
        var last = classes.keySet().stream().max(Integer::compare).orElse(0);
        return new RulesKnown(
                new PolicyTable.Known(epoch, new ReleasePolicy(List.of(law))),
                new ReleaseClasses.Known(new java.util.TreeMap<>(classes), Set.of(), classes.size(), last));
    }

    private static ReleaseRule of(ConsentPolicy... consents) {
        return new ReleaseRule("Condition", new Labels(Set.of(), Confidentiality.N), List.of(List.of(consents)));
    }

    private static Computable saying(Effect effect, TimeSpan validity, RequesterCriteria requester) {
        return new Computable("", validity, List.of(), effect, requester, ResourceCriteria.ANYTHING, List.of());
    }

    private static AccessRequest asking(String who, Instant at) {
        var organization = "Organization/" + who;
        var requester = new Requester(
                who,
                at.toString(),
                organization,
                Set.of(organization),
                null,
                null,
                Set.of(),
                Set.of(),
                Set.of(PurposeOfUse.TREAT));
        return new AccessRequest(requester, AccessRequest.ACCESS, at);
    }
}
