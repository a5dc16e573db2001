package org.accordhie.consent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.ResourceFacts;
import org.jspecify.annotations.Nullable;

/**
 * What is left of the patients' consents once a request is known: a question about the data alone. Source: IHE Privacy Consent
 * on FHIR (PCF), residual of an access token. Immutable.
 */
public final class Residual {

    private final AccessRequest request;
    private final Map<@Nullable PurposeOfUse, Map<String, List<ConsentPolicy>>> left;

    private Residual(AccessRequest request, Map<@Nullable PurposeOfUse, Map<String, List<ConsentPolicy>>> left) {
        this.request = request;
        this.left = left;
    }

    /**
     * Fills the request in.
     *
     * @param consents the active consents of each patient, by {@code Patient/[id]}
     */
    public static Residual of(AccessRequest request, Map<String, ? extends Collection<ConsentPolicy>> consents) {
        var left = new HashMap<@Nullable PurposeOfUse, Map<String, List<ConsentPolicy>>>();
        // Undeclared, since an emergency is asked about no more purposes than the same request without it.
        for (var purpose : DecisionPoint.purposesOf(request.withoutBreakGlass())) {
            left.put(purpose, left(consents, new Question(request, purpose, null)));
        }
        return new Residual(request, left);
    }

    private static Map<String, List<ConsentPolicy>> left(
            Map<String, ? extends Collection<ConsentPolicy>> consents, Question question) {
        var left = new HashMap<String, List<ConsentPolicy>>();
        consents.forEach((patient, theirs) -> left.put(
                patient,
                theirs.stream()
                        .map(consent -> PartialEvaluation.withRequester(consent, question))
                        .toList()));
        return left;
    }

    /** Whether the request may see a resource, as {@link DecisionPoint} would decide from the consents themselves. */
    public boolean permits(ResourceFacts facts, ReleasePolicy policy) {
        var settled = DecisionPoint.settled(request.requester(), facts);
        if (settled != null) {
            return settled.permits();
        }
        var concerned = request.about(facts.patients());
        var permits = true;
        for (var purpose : DecisionPoint.purposesOf(concerned)) {
            permits &= DecisionPoint.decide(new Question(concerned, purpose, facts), patients(purpose, facts), policy)
                    .permits();
        }
        return permits;
    }

    private List<List<ConsentPolicy>> patients(@Nullable PurposeOfUse purpose, ResourceFacts facts) {
        var theirs = left.getOrDefault(purpose, Map.of());
        var patients = new ArrayList<List<ConsentPolicy>>();
        for (var patient : facts.patients()) {
            patients.add(theirs.getOrDefault(patient, List.of()));
        }
        return patients;
    }
}
