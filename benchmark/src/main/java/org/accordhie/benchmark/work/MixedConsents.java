package org.accordhie.benchmark.work;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.accordhie.benchmark.records.Corpus;
import org.accordhie.benchmark.records.Ids;
import org.accordhie.benchmark.records.Item;

/**
 * Consents of some of the patients: six kinds in turn, of which two hide the whole record from the reader, three hide parts
 * of some, and one opens it.
 */
public final class MixedConsents {

    private static final int PERCENT = 100;

    private final List<Item> patients;
    private final Item organization;

    /**
     * Chooses whose.
     *
     * @param percent of the patients
     */
    public MixedConsents(Corpus corpus, int percent, long seed) {
        var all = new ArrayList<>(corpus.all("Patient").toList());
        Collections.shuffle(all, new Random(seed));
        this.patients = List.copyOf(all.subList(0, Math.round(all.size() * percent / (float) PERCENT)));
        this.organization = corpus.all("Organization").findFirst().orElseThrow();
    }

    /** The consents as one server is told them. */
    List<String> on(Ids ids) {
        var kinds = ConsentKind.values();
        return IntStream.range(0, patients.size())
                .mapToObj(index ->
                        kinds[index % kinds.length].told(index, ids.of(patients.get(index)), ids.of(organization)))
                .toList();
    }
}
