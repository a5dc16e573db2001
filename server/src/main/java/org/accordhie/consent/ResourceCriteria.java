package org.accordhie.consent;

import java.util.Set;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.SmallSet;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;

/**
 * Which data a rule speaks of. Criteria are and'ed, the values of one or'ed; an empty one holds for every resource.
 *
 * @param origins where the data came from: organisations, each with all below it, and authors (actor roles AUT and CST)
 * @param classes what kind of data it is
 * @param codes what it is about
 * @param labels its security labels
 * @param dataPeriod when it clinically was; null holds for every date
 * @param data single resources and what belongs to them
 */
public record ResourceCriteria(
        Set<String> origins,
        DataClasses classes,
        DataCodes codes,
        LabelCriteria labels,
        @Nullable TimeSpan dataPeriod,
        Set<DataReference> data)
        implements DataCriteria {

    /** Holds for every resource. */
    public static final ResourceCriteria ANYTHING =
            new ResourceCriteria(Set.of(), DataClasses.ANY, DataCodes.ANY, LabelCriteria.ANY, null, Set.of());

    public ResourceCriteria {
        origins = SmallSet.of(origins);
        data = SmallSet.of(data, DataReference.ORDER);
    }

    /**
     * Kinds of data.
     *
     * @param types resource types
     * @param profiles addresses of profiles
     * @param documents types of documents
     */
    public record DataClasses(Set<String> types, Set<String> profiles, Set<Coding> documents) {

        /** Every kind. */
        public static final DataClasses ANY = new DataClasses(Set.of(), Set.of(), Set.of());

        public DataClasses {
            types = SmallSet.of(types);
            profiles = SmallSet.of(profiles);
            documents = SmallSet.of(documents, Coding.ORDER);
        }

        boolean isEmpty() {
            return types.isEmpty() && profiles.isEmpty() && documents.isEmpty();
        }

        boolean holds(ResourceFacts facts) {
            return isEmpty()
                    || types.contains(facts.type())
                    || shareOne(profiles, facts.profiles())
                    || shareOne(documents, facts.documentTypes());
        }
    }

    /**
     * Codes of the content.
     *
     * @param codes each with all that its code system, where it is loaded, puts below it; an empty system stands for any
     * @param valueSets addresses of value sets, whose members stand among the codes once they are resolved
     */
    public record DataCodes(Set<Coding> codes, Set<String> valueSets) {

        /** Every content. */
        public static final DataCodes ANY = new DataCodes(Set.of(), Set.of());

        public DataCodes {
            codes = SmallSet.of(codes, Coding.ORDER);
            valueSets = SmallSet.of(valueSets);
        }

        boolean isEmpty() {
            return codes.isEmpty() && valueSets.isEmpty();
        }

        boolean holds(ResourceFacts facts) {
            if (isEmpty()) {
                return true;
            }
            return shareOne(codes, facts.codes()) || holdsInAnySystem(facts);
        }

        /** Codes without a system come first. */
        private boolean holdsInAnySystem(ResourceFacts facts) {
            for (int index = 0; index < codes.size(); index++) {
                var named = SmallSet.get(codes, index);
                if (!named.system().isEmpty()) {
                    return false;
                }
                if (hasCode(facts.codes(), named.code())) {
                    return true;
                }
            }
            return false;
        }

        private static boolean hasCode(Set<Coding> codes, String code) {
            for (int index = 0; index < codes.size(); index++) {
                if (SmallSet.get(codes, index).code().equals(code)) {
                    return true;
                }
            }
            return false;
        }
    }

    @Override
    public boolean namesSensitivity(String sensitivity) {
        return labels.covers(sensitivity);
    }

    @Override
    public boolean namesConfidentiality(Confidentiality level) {
        return labels.covers(level);
    }

    @Override
    public boolean namesType(String type) {
        return classes.types().contains(type);
    }

    @Override
    public Match match(Effect effect, Question question) {
        var facts = question.resource();
        if (!matchOrigin(facts) || !classes.holds(facts) || !codes.holds(facts) || !matchData(facts)) {
            return Match.NO;
        }
        return labels.match(effect, facts.labels()).and(matchDate(facts.dates()));
    }

    /** Whether the data came from where the criterion says. */
    boolean matchOrigin(ResourceFacts facts) {
        return origins.isEmpty()
                || shareOne(origins, facts.origin().organizations())
                || shareOne(origins, facts.origin().authors());
    }

    /** Whether the data is, or belongs to, one of the resources named. */
    boolean matchData(ResourceFacts facts) {
        for (int index = 0; index < data.size(); index++) {
            if (SmallSet.get(data, index).holds(facts)) {
                return true;
            }
        }
        return data.isEmpty();
    }

    /** How surely the data is of the time the criterion names. */
    Match matchDate(@Nullable TimeSpan dates) {
        if (dataPeriod == null) {
            return Match.CERTAINLY;
        }
        if (dates == null) {
            return Match.POSSIBLY;
        }
        if (dataPeriod.contains(dates)) {
            return Match.CERTAINLY;
        }
        return dataPeriod.overlaps(dates) ? Match.POSSIBLY : Match.NO;
    }

    private static <T> boolean shareOne(Set<T> named, Set<T> given) {
        for (int index = 0; index < given.size() && !named.isEmpty(); index++) {
            if (named.contains(SmallSet.get(given, index))) {
                return true;
            }
        }
        return false;
    }
}
