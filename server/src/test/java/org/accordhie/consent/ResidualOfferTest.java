package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.accordhie.vocabulary.ResourceFacts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a token is told to forbid, against the decision itself; a failure names its seed. */
@DisplayName("the residual that is offered to a token")
class ResidualOfferTest {

    private static final String ANN = Some.PATIENTS.get(0);

    @Test
    void leavesNothingThatTheDecisionHides() {
        forAllOffers((offer, question) -> {
            if (!offer.residual().forbids(question.facts())) {
                assertThat(question.permits()).as("%s", offer).isTrue();
            }
        });
    }

    @Test
    void whereItSaysSoItForbidsNothingThatTheDecisionPermits() {
        forAllOffers((offer, question) -> {
            if (offer.isExact()) {
                assertThat(offer.residual().forbids(question.facts()))
                        .as("%s", offer)
                        .isEqualTo(!question.permits());
            }
        });
    }

    /** Without this the two laws above would hold of an offer that always forbids everything. */
    @Test
    void isOftenExactAndOftenLeavesSomething() {
        var exact = new AtomicInteger();
        var leaving = new AtomicInteger();
        var all = new AtomicInteger();
        forAllOffers((offer, question) -> {
            all.incrementAndGet();
            exact.addAndGet(offer.isExact() ? 1 : 0);
            leaving.addAndGet(offer.residual().forbids(question.facts()) ? 0 : 1);
        });

        assertThat(exact.get()).isGreaterThan(all.get() / 10);
        assertThat(leaving.get()).isGreaterThan(all.get() / 20);
    }

    /** Where nearly every rule can be said in a token, over every kind of resource that these rules tell apart. */
    @Test
    void inAPlainWorldItIsOftenExact() {
        var offers = new AtomicInteger();
        var exact = new AtomicInteger();
        var all = new AtomicInteger();
        Seeds.forAll(seed -> {
            var world = new PlainWorld(seed);
            var rules = new Rules(world.policy(), Map.of(PlainWorld.ANN, world.consents()));
            var offer = ResidualOffer.of(PlainWorld.request(), PlainWorld.ANN, rules);
            var same = true;
            for (var facts : PlainWorld.everyKind()) {
                var permits =
                        DecisionPoint.decide(PlainWorld.request(), facts, rules).permits();
                var forbids = offer.residual().forbids(facts);
                assertThat(forbids || permits).as("%s", offer).isTrue();
                same &= forbids != permits;
            }
            assertThat(same || !offer.isExact()).as("%s", offer).isTrue();
            offers.incrementAndGet();
            exact.addAndGet(offer.isExact() ? 1 : 0);
            all.addAndGet(same ? 1 : 0);
        });

        System.out.printf("residuals offered: %d, exact %d, and said to be %d%n", offers.get(), all.get(), exact.get());
        assertThat(exact.get()).isGreaterThan(offers.get() / 5);
    }

    private interface Law {

        void holds(ResidualOffer offer, Case question);
    }

    private static void forAllOffers(Law law) {
        Seeds.forAll(seed -> {
            var some = new Some(seed);
            var question = Case.of(some);
            var rules = new Rules(question.policy(), question.consents());
            var offer = ResidualOffer.of(question.request(), ANN, rules);
            for (var facts : factsOfAnn(some)) {
                if (DecisionPoint.settled(question.request().requester(), facts) == null) {
                    law.holds(offer, question.about(facts));
                }
            }
        });
    }

    private static List<ResourceFacts> factsOfAnn(Some some) {
        var facts = new ArrayList<ResourceFacts>();
        while (facts.size() < 3) {
            var next = some.facts();
            if (next.patients().equals(Set.of(ANN))) {
                facts.add(next);
            }
        }
        return facts;
    }
}
