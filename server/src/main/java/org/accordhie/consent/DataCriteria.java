package org.accordhie.consent;

import java.util.ArrayList;
import java.util.List;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ResourceFacts;

/**
 * The half of a rule that speaks of the data: the criteria themselves or, once the resource has been filled in, what came of
 * them.
 */
public sealed interface DataCriteria permits ResourceCriteria, DataCriteria.Known {

    /** Whether a rule of this effect covers the resource. */
    Match match(Effect effect, Question question);

    /** Whether a permit under these criteria is the patient's own yes to a sensitivity of the resource. */
    boolean namesSensitivity(String sensitivity);

    /** Whether a permit under these criteria is the patient's own yes to a confidentiality. */
    boolean namesConfidentiality(Confidentiality level);

    /** Whether a permit under these criteria is the patient's own yes to a class of data, by its resource type. */
    boolean namesType(String type);

    /** The same with the resource filled in. */
    default Known bind(Effect effect, Question question) {
        var facts = question.resource();
        return new Known(match(effect, question), effect == Effect.PERMIT ? named(facts) : List.of());
    }

    private List<String> named(ResourceFacts facts) {
        var named = new ArrayList<String>();
        facts.sensitivities().stream().filter(this::namesSensitivity).forEach(named::add);
        if (namesConfidentiality(facts.confidentiality())) {
            named.add(facts.confidentiality().name());
        }
        if (namesType(facts.type())) {
            named.add(facts.type());
        }
        return named;
    }

    /**
     * What came of the criteria.
     *
     * @param match how surely they hold
     * @param named the resource's labels and type, as far as a permit named them
     */
    record Known(Match match, List<String> named) implements DataCriteria {

        /** Holds for every resource, and names nothing. */
        static final Known COVERED = new Known(Match.CERTAINLY, List.of());

        public Known {
            named = List.copyOf(named);
        }

        @Override
        public Match match(Effect effect, Question question) {
            return match;
        }

        @Override
        public boolean namesSensitivity(String sensitivity) {
            return named.contains(sensitivity);
        }

        @Override
        public boolean namesConfidentiality(Confidentiality level) {
            return named.contains(level.name());
        }

        @Override
        public boolean namesType(String type) {
            return named.contains(type);
        }
    }
}
