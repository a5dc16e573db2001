package org.accordhie.worlds;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.accordhie.worlds.Ask.Term;

/** Two worlds that differ in what is hidden from some readers, and what these ask of both. */
final class Pair {

    private static final int ONE_IN = 25;
    private static final int EXPORT_ONE_IN = 1_000;
    /** Followed pages of one search are fewer than this; three on average. */
    private static final int PAGES = 7;

    private final Comparison worlds;
    private final Score score;
    private final Random random;
    private final List<String> readers;
    private final Grammar grammar;
    private final Exports exports;
    private final String others;

    /**
     * Makes the story happen in both worlds.
     *
     * @param with has what is hidden
     * @param readers who ask; {@code %s} is the patient of whom nothing is hidden
     * @param telling whether visible records refer to hidden ones
     */
    Pair(World with, World without, List<String> readers, long seed, boolean telling, Score score)
            throws IOException, InterruptedException {
        var cast = new Cast();
        this.worlds = new Comparison(with, without, cast, score);
        this.score = score;
        this.random = new Random(seed);
        var story = new Story(seed, cast, telling);
        for (var deed : story.deeds()) {
            worlds.happens(deed);
        }
        this.readers = readers.stream()
                .map(reader -> reader.formatted("{{" + story.openPatient() + "}}"))
                .toList();
        this.others = String.join(",", story.others());
        this.grammar = new Grammar(cast, story.identifiers(), random);
        this.exports = new Exports(worlds, cast, this.readers, random);
        score.pair();
    }

    /** Compares requests of every kind, and at least one bulk export. */
    void ask(int requests) throws IOException, InterruptedException {
        var until = score.requests() + requests;
        var export = score.requests() + random.nextInt(requests);
        var exported = false;
        while (score.requests() < until) {
            if ((!exported && score.requests() >= export) || random.nextInt(EXPORT_ONE_IN) == 0) {
                exports.one();
                exported = true;
            } else {
                follow(request(), until);
            }
        }
        if (!exported) {
            exports.one();
        }
    }

    /** Compares requests that change nothing, and leave no order to chance. */
    void read(int requests) throws IOException, InterruptedException {
        var until = score.requests() + requests;
        while (score.requests() < until) {
            follow(random.nextInt(ONE_IN) == 0 ? stolenPage().orElseGet(grammar::reading) : ordered(), until);
        }
    }

    private Ask ordered() {
        var ask = grammar.reading();
        return ask.route().contains("search") ? ask.sorted() : ask;
    }

    /** Compares requests that change something until the worlds have drifted apart, or that many are done. */
    void write(int requests) throws IOException, InterruptedException {
        var before = score.differences().size();
        for (int count = 0; count < requests && score.differences().size() == before; count++) {
            worlds.compare(readers.get(0), grammar.writing());
        }
    }

    /** Compares a request, and some of the pages after it. */
    private void follow(Ask first, int until) throws IOException, InterruptedException {
        var reader = readers.get(random.nextInt(readers.size()));
        var pages = random.nextInt(PAGES);
        var next = Optional.of(first);
        for (int page = 0; next.isPresent() && page <= pages && score.requests() < until; page++) {
            var both = worlds.compare(reader, next.get());
            next = both.equal() ? worlds.page(Ask.PAGE, both) : Optional.empty();
        }
    }

    private Ask request() throws IOException, InterruptedException {
        return random.nextInt(ONE_IN) == 0 ? stolenPage().orElseGet(grammar::next) : grammar.next();
    }

    /**
     * The next page of a search by somebody to whom nothing is hidden. Not of the patient with an app, who may learn what
     * others find of theirs, and then finds out what these others did.
     */
    private Optional<Ask> stolenPage() throws IOException, InterruptedException {
        var ofPatients = random.nextBoolean();
        var search = Ask.of("search", "GET", ofPatients ? "Patient" : "Condition")
                .query(List.of(
                        new Term("_count", "1", "_count"),
                        new Term(ofPatients ? "identifier" : "patient.identifier", others, "identifier")))
                .sorted();
        return worlds.page("page of another", worlds.send(Story.HOSPITAL, search));
    }
}
