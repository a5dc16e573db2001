package org.accordhie.benchmark.records;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** All that is loaded into each server: bundles in loading order, and what is in them. */
public final class Corpus {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RecordFiles files;
    private final int people;
    private final List<Item> items = new ArrayList<>();
    private final Map<Integer, List<Item>> byBundle = new HashMap<>();

    /**
     * Plans as many people as are wanted; the records are used again, with other names, if they are fewer.
     *
     * @param people how many patients; 0 takes each record once
     */
    public Corpus(RecordFiles files, int people) {
        this.files = files;
        this.people = people == 0 ? files.records().size() : people;
        for (int bundle = 0; bundle < size(); bundle++) {
            var entries = read(bundle).path("entry");
            var own = new ArrayList<Item>();
            for (int entry = 0; entry < entries.size(); entry++) {
                own.add(Item.of(bundle, entry, entries.path(entry)));
            }
            items.addAll(own);
            byBundle.put(bundle, List.copyOf(own));
        }
    }

    private Corpus(Corpus whole, IntPredicate bundles) {
        this.files = whole.files;
        this.people = whole.people;
        for (int bundle = 0; bundle < size(); bundle++) {
            if (bundles.test(bundle)) {
                items.addAll(whole.in(bundle));
                byBundle.put(bundle, whole.in(bundle));
            }
        }
    }

    /** Some of the bundles, under the same numbers. */
    public Corpus only(IntPredicate bundles) {
        return new Corpus(this, bundles);
    }

    /** How many of the bundles, the first ones, hold organisations and practitioners. */
    public int shared() {
        return files.shared().size();
    }

    /** How many bundles. */
    public int size() {
        return shared() + people;
    }

    /** A bundle as JSON, in loading order. */
    public String text(int bundle) {
        var shared = shared();
        return bundle < shared
                ? files.shared().get(bundle).toString()
                : Renaming.of(
                        files.records().get((bundle - shared) % files.records().size()), bundle);
    }

    /** The same as a tree of its own. */
    public ObjectNode read(int bundle) {
        try {
            return (ObjectNode) JSON.readTree(text(bundle));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a bundle that was read cannot be read", impossible);
        }
    }

    /** Everything of one type. */
    public Stream<Item> all(String type) {
        return items.stream().filter(item -> item.type().equals(type));
    }

    /** What is in one bundle. */
    public List<Item> in(int bundle) {
        return byBundle.getOrDefault(bundle, List.of());
    }

    /** The patient of a record. */
    public Item patientOf(Item item) {
        return in(item.bundle()).stream()
                .filter(other -> other.type().equals("Patient"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a record has no patient"));
    }

    /** The bundles of records, without those of organisations and practitioners. */
    public Stream<Integer> records() {
        return Stream.iterate(shared(), bundle -> bundle < size(), bundle -> bundle + 1)
                .filter(byBundle::containsKey);
    }

    /** How many resources there are. */
    public int resources() {
        return items.size();
    }

    /** The records as they were read, from which new people are made. */
    public List<ObjectNode> originals() {
        return files.records();
    }
}
