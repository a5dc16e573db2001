package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.ResourceFacts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Filling in the one half first and the other second gives the same answer as both at once; a failure names its seed. */
@DisplayName("the residual")
class ResidualTest {

    @Test
    void ofAConsentSaysWhatTheConsentSays() {
        forAllConsents((consent, whole) -> assertThat(said(PartialEvaluation.withRequester(consent, whole), whole))
                .isEqualTo(said(consent, whole)));
    }

    @Test
    void ofAResourceSaysWhatTheConsentSays() {
        forAllConsents((consent, whole) -> {
            var resource = new Question(null, null, whole.resource());

            assertThat(said(PartialEvaluation.withResource(consent, resource), whole))
                    .isEqualTo(said(consent, whole));
        });
    }

    /** The second half is asked with nothing but the second half, so what is asked of the first must have been filled in. */
    @Test
    void requesterFirstAndResourceSecondIsBothAtOnce() {
        forAllConsents((consent, whole) -> {
            var requester = new Question(whole.asking(), whole.purpose(), null);
            var resource = new Question(null, null, whole.resource());

            var left = PartialEvaluation.withRequester(consent, requester);
            var nothing = PartialEvaluation.withResource(left, resource);

            assertThat(said(nothing, requester, whole.resource())).isEqualTo(said(consent, whole));
        });
    }

    @Test
    void resourceFirstAndRequesterSecondIsBothAtOnce() {
        forAllConsents((consent, whole) -> {
            var requester = new Question(whole.asking(), whole.purpose(), null);
            var resource = new Question(null, null, whole.resource());

            var left = PartialEvaluation.withResource(consent, resource);
            var nothing = PartialEvaluation.withRequester(left, requester);

            assertThat(said(nothing, requester, whole.resource())).isEqualTo(said(consent, whole));
        });
    }

    @Test
    void ofARequestPermitsWhatTheDecisionPermits() {
        Seeds.forAll(seed -> {
            var some = new Some(seed);
            var question = Case.of(some);
            var residual = Residual.of(question.request(), question.consents());

            for (var facts : List.of(question.facts(), some.facts(), some.facts())) {
                assertThat(residual.permits(facts, question.policy()))
                        .isEqualTo(question.about(facts).permits());
            }
        });
    }

    @Test
    void ofARequestWithoutConsentsIsTheLawAlone() {
        Seeds.forAll(seed -> {
            var question = Case.of(new Some(seed)).with(consents -> List.of());
            var residual = Residual.of(question.request(), Map.of());

            assertThat(residual.permits(question.facts(), question.policy())).isEqualTo(question.permits());
        });
    }

    /** What a consent says, as far as a decision looks at it. */
    private record Said(
            Finding.Answer answer, boolean explicit, List<String> sensitivities, boolean level, boolean type) {}

    private static Said said(ConsentPolicy consent, Question question) {
        return said(consent, question, question.resource());
    }

    private static Said said(ConsentPolicy consent, Question question, ResourceFacts facts) {
        var finding = Evaluation.of(consent, question);
        var permits = finding.answer() == Finding.Answer.PERMIT;
        return new Said(
                finding.answer(),
                finding.explicit(),
                permits
                        ? facts.sensitivities().stream()
                                .filter(finding::namesSensitivity)
                                .toList()
                        : List.of(),
                permits && finding.namesConfidentiality(facts.confidentiality()),
                permits && finding.namesType(facts.type()));
    }

    private interface Law {

        void holds(ConsentPolicy consent, Question whole);
    }

    private static void forAllConsents(Law law) {
        Seeds.forAll(seed -> {
            var some = new Some(seed);
            var request = some.request();
            var whole = new Question(request, purpose(some, request), some.facts());
            for (var count = 0; count < 3; count++) {
                law.holds(some.consent(), whole);
            }
        });
    }

    private static @Nullable PurposeOfUse purpose(Some some, AccessRequest request) {
        var purposes = List.copyOf(request.requester().purposes());
        return purposes.isEmpty() ? null : some.one(purposes);
    }
}
