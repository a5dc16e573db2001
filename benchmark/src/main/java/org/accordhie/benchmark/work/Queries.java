package org.accordhie.benchmark.work;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.benchmark.records.Corpus;
import org.accordhie.benchmark.records.Item;

/** The workloads that read. Each asks for its page size, since the servers have different ones of their own. */
final class Queries {

    private static final int CANDIDATES = 60;
    private static final List<String> READ = List.of("Patient", "Encounter", "Condition", "Observation", "Procedure");
    private static final String PAGE = "_count=20";

    private final Corpus corpus;
    private final long seed;
    private final int least;

    Queries(Corpus corpus, long seed, int least) {
        this.corpus = corpus;
        this.seed = seed;
        this.least = least;
    }

    /** With more queries than will be asked: not all of them find something that the reader may see. */
    List<QueryWorkload> candidates() {
        return List.of(
                reads("read", READ.stream().flatMap(corpus::all), item -> query("@", item)),
                reads("vread", READ.stream().flatMap(corpus::all), item -> query("@/_history/1", item)),
                search("patient-identifier", "Patient", item -> query("Patient?identifier=" + encoded(item.key()))),
                search("patient-family", "Patient", item -> query("Patient?family=" + encoded(item.family()))),
                search("patient-birthdate", "Patient", item -> query("Patient?birthdate=" + item.birthDate())),
                search("conditions-of-patient", "Condition", item -> query("Condition?patient=@", patient(item))),
                byCode("conditions-by-code", "Condition"),
                search(
                        "encounters-of-patient-since",
                        "Encounter",
                        item -> query("Encounter?patient=@&date=ge" + item.key(), patient(item))),
                search("observations-of-patient", "Observation", item -> query("Observation?patient=@", patient(item))),
                byCode("observations-by-code", "Observation"),
                search(
                        "observations-sorted",
                        "Observation",
                        item -> query("Observation?patient=@&_sort=-date", patient(item))),
                search(
                        "conditions-include",
                        "Condition",
                        item -> query(
                                "Condition?patient=@&_include=Condition:patient&_include=Condition:encounter",
                                patient(item))),
                new QueryWorkload("three-pages", List.of(query("Encounter?status=finished&" + PAGE)), 3, true),
                search("everything", "Patient", item -> query("@/$everything?_count=50", item)));
    }

    private QueryWorkload reads(String name, Stream<Item> items, Function<Item, Query> query) {
        return new QueryWorkload(name, some(items, query), 1, false);
    }

    /** Across all patients, for codes that are there often enough. */
    private QueryWorkload byCode(String name, String type) {
        var often = corpus.all(type).collect(Collectors.groupingBy(Item::key, Collectors.counting()));
        var items = corpus.all(type).filter(item -> often.getOrDefault(item.key(), 0L) >= least);
        return new QueryWorkload(
                name, some(items, item -> query(type + "?code=" + encoded(item.key()) + "&" + PAGE)), 1, true);
    }

    private QueryWorkload search(String name, String type, Function<Item, Query> query) {
        return new QueryWorkload(name, some(corpus.all(type), query.andThen(Queries::paged)), 1, true);
    }

    private static Query paged(Query query) {
        return query.template().contains("_count=") ? query : new Query(query.template() + "&" + PAGE, query.items());
    }

    /** Different ones, by chance: what there is most of is not asked for most. */
    private List<Query> some(Stream<Item> items, Function<Item, Query> query) {
        var all = new ArrayList<>(
                items.filter(item -> !item.key().isEmpty() || item.type().equals("Procedure"))
                        .map(query)
                        .distinct()
                        .toList());
        Collections.shuffle(all, new Random(seed));
        return all.stream().limit(CANDIDATES).toList();
    }

    private Item patient(Item item) {
        return corpus.patientOf(item);
    }

    private static Query query(String template, Item... items) {
        return new Query(template, List.of(items));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
