package org.accordhie.benchmark.growth;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.accordhie.benchmark.records.Corpus;
import org.accordhie.benchmark.records.Item;
import org.accordhie.benchmark.work.ConsentKind;

/**
 * What the servers hold at each step of one axis. Each step holds all of the step before it, so that servers grow without being
 * loaded anew.
 *
 * @param axis what grows
 * @param values its steps, from the smallest
 * @param corpus the records of the last step
 * @param seed decides whose consents there are
 */
public record Plan(Axis axis, List<Integer> values, Corpus corpus, long seed) {

    private static final int PERCENT = 100;
    private static final int ONE_IN = 5;

    public Plan {
        values = List.copyOf(values);
    }

    /**
     * What one patient says.
     *
     * @param patient who
     * @param kind what
     */
    public record Said(Item patient, ConsentKind kind) {}

    /** How many of the bundles are loaded. */
    public int bundles(int value) {
        return axis == Axis.PATIENTS ? corpus.shared() + value : corpus.size();
    }

    /** All consents there are at a step; those of the step before it are the first of them. */
    public List<Said> consents(int value) {
        return switch (axis) {
            case PATIENTS -> ofEveryFifth(value);
            case CONSENTS -> mixed(share(value));
            case EACH ->
                Stream.generate(() -> patients().map(patient -> new Said(patient, ConsentKind.NOT_WITH_ANOTHER)))
                        .limit(value)
                        .flatMap(each -> each)
                        .toList();
            case HIDDEN ->
                share(value).stream()
                        .map(patient -> new Said(patient, ConsentKind.OPT_OUT))
                        .toList();
        };
    }

    /** What is asked about: what is loaded, and on {@link Axis#HIDDEN} never what is hidden at one of its steps. */
    public Corpus asked(int value) {
        var loaded = bundles(value);
        var hidden = axis == Axis.HIDDEN ? bundlesOf(share(last())) : Set.<Integer>of();
        return corpus.only(bundle -> bundle < loaded && !hidden.contains(bundle));
    }

    /** How often a code must be there to be asked for: a full page, where pages are compared with each other. */
    public int least() {
        return axis == Axis.HIDDEN ? 20 : 1;
    }

    private int last() {
        return values.get(values.size() - 1);
    }

    private List<Said> ofEveryFifth(int people) {
        var loaded = patients().limit(people).toList();
        return mixed(IntStream.range(0, loaded.size())
                .filter(index -> index % ONE_IN == ONE_IN - 1)
                .mapToObj(loaded::get)
                .toList());
    }

    private static List<Said> mixed(List<Item> patients) {
        var kinds = ConsentKind.values();
        return IntStream.range(0, patients.size())
                .mapToObj(index -> new Said(patients.get(index), kinds[index % kinds.length]))
                .toList();
    }

    /** So many per cent of the patients, by chance; more of them begin with the same. */
    private List<Item> share(int percent) {
        var all = new ArrayList<>(patients().toList());
        Collections.shuffle(all, new Random(seed));
        return all.subList(0, Math.round(all.size() * percent / (float) PERCENT));
    }

    private Stream<Item> patients() {
        return corpus.all("Patient");
    }

    private static Set<Integer> bundlesOf(List<Item> patients) {
        return patients.stream().map(Item::bundle).collect(Collectors.toSet());
    }
}
