package org.accordhie.consent;

import java.util.List;
import java.util.stream.Stream;
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

    /** Whether a permit under these criteria is the patient's own yes to a class of data, by its resource type. */
    boolean namesType(String type);

    /** The same with the resource filled in. */
    default Known bind(Effect effect, Question question) {
        var facts = question.resource();
        return new Known(match(effect, question), effect == Effect.PERMIT ? named(facts) : List.of());
    }

    private List<String> named(ResourceFacts facts) {
        return Stream.concat(
                        facts.sensitivities().stream().filter(this::namesSensitivity),
                        Stream.of(facts.type()).filter(this::namesType))
                .toList();
    }

    /**
     * What came of the criteria.
     *
     * @param match how surely they hold
     * @param named the resource's sensitivities and type, as far as a permit named them
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
        public boolean namesType(String type) {
            return named.contains(type);
        }
    }
}
