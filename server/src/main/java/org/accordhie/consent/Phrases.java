package org.accordhie.consent;

import java.util.Collection;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.accordhie.vocabulary.Meanings;
import org.accordhie.vocabulary.PurposeOfUse;

/** The parts of a sentence about a decision: codes with their meaning, references with their name. */
final class Phrases {

    private static final Map<Criterion, String> VERBS = Map.of(
            Criterion.PERIOD, "holds in ",
            Criterion.RECIPIENT, "speaks to ",
            Criterion.PURPOSE, "speaks of ",
            Criterion.ACTION, "speaks of the action ",
            Criterion.ORIGIN, "is about data from ",
            Criterion.CLASS, "is about ",
            Criterion.CODE, "is about the codes ",
            Criterion.SECURITY_LABEL, "names ",
            Criterion.DATA_PERIOD, "is about data of ",
            Criterion.DATA, "names ");

    private final UnaryOperator<String> names;

    Phrases(UnaryOperator<String> names) {
        this.names = names;
    }

    String name(String reference) {
        return names.apply(reference);
    }

    static String purpose(PurposeOfUse purpose) {
        return Meanings.of(purpose)
                .map(meaning -> meaning + " (" + purpose.name() + ")")
                .orElse(purpose.name());
    }

    static String purposes(Collection<PurposeOfUse> purposes) {
        return purposes.isEmpty()
                ? "without saying why"
                : "for " + list(purposes.stream().map(Phrases::purpose), "and");
    }

    static String labels(Collection<String> codes) {
        return list(codes.stream().sorted().map(Phrases::label), "and");
    }

    static String label(String code) {
        return Meanings.ofLabel(code)
                .map(meaning -> meaning + " (" + code + ")")
                .orElse(code);
    }

    /** A version of a consent or a law, as {@code Consent/[id]/_history/[version]}. */
    static String version(String rule) {
        var parts = rule.split("/_history/", 2);
        return parts.length == 2 ? parts[0] + ", version " + parts[1] : rule;
    }

    static String list(Stream<String> phrases, String last) {
        var all = phrases.toList();
        var end = all.size() - 1;
        return all.size() < 2
                ? String.join("", all)
                : String.join(", ", all.subList(0, end)) + " " + last + " " + all.get(end);
    }

    /** What a provision states, as what follows "which"; empty if it states nothing. */
    String stated(Proof.Rule rule) {
        var stated = Stream.concat(rule.requester().stream(), rule.resource().stream())
                .filter(Check::isStated)
                .map(check -> stated(check) + (check.match() == Match.POSSIBLY ? " (which may or may not be so)" : ""));
        return list(stated, "and");
    }

    private String stated(Check check) {
        return VERBS.getOrDefault(check.criterion(), "is known in part only") + values(check);
    }

    private String values(Check check) {
        var values = check.values().stream();
        return switch (check.criterion()) {
            case RECIPIENT, ORIGIN -> list(values.map(names), "or");
            case PURPOSE -> list(values.map(PurposeOfUse::valueOf).map(Phrases::purpose), "or");
            case SECURITY_LABEL -> list(values.map(Phrases::label), "or");
            default -> list(values, "or");
        };
    }
}
