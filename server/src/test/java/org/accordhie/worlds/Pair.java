package org.accordhie.worlds;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.accordhie.worlds.Cast.Fate;
import org.accordhie.worlds.Cast.Thing;

/**
 * Two worlds that differ in what is hidden from some readers, and what these ask of both.
 *
 * <p>What a request creates in both is known by one name from then on, so later requests can be about it.
 */
final class Pair {

    /** What answers with the address of something new. */
    private static final Set<String> CREATING = Set.of("create", "conditional create", "conditional update");

    private static final int TRIES = 60;
    private static final int ONE_IN = 25;

    private final World with;
    private final World without;
    private final Cast cast = new Cast();
    private final Score score;
    private final Random random;
    private final List<String> readers;
    private final Grammar grammar;
    private int learned;

    /**
     * Makes the story happen in both worlds.
     *
     * @param with has what is hidden
     * @param readers who ask; {@code %s} is the patient of whom nothing is hidden
     * @param telling whether visible records refer to hidden ones
     */
    Pair(World with, World without, List<String> readers, long seed, boolean telling, Score score)
            throws IOException, InterruptedException {
        this.with = with;
        this.without = without;
        this.score = score;
        this.random = new Random(seed);
        var story = new Story(seed, cast, telling);
        for (var deed : story.deeds()) {
            with.happens(deed);
            without.happens(deed);
        }
        this.readers = readers.stream()
                .map(reader -> reader.formatted("{{" + story.openPatient() + "}}"))
                .toList();
        this.grammar = new Grammar(cast, story.identifiers(), random);
        score.pair();
    }

    /** Compares requests of every kind. */
    void ask(int requests) throws IOException, InterruptedException {
        ask(requests, this::request);
    }

    /** Compares requests that change nothing, and leave no order to chance. */
    void read(int requests) throws IOException, InterruptedException {
        ask(requests, () -> random.nextInt(ONE_IN) == 0 ? stolenPage().orElseGet(grammar::reading) : ordered());
    }

    private Ask ordered() {
        var ask = grammar.reading();
        return ask.route().contains("search") ? ask.sorted() : ask;
    }

    /** Compares requests that change something until the worlds have drifted apart, or that many are done. */
    void write(int requests) throws IOException, InterruptedException {
        var before = score.differences().size();
        for (int count = 0; count < requests && score.differences().size() == before; count++) {
            compare(readers.get(0), grammar.writing());
        }
    }

    /** Makes requests. */
    private interface Asking {

        Ask next() throws IOException, InterruptedException;
    }

    private void ask(int requests, Asking asking) throws IOException, InterruptedException {
        Optional<Ask> page = Optional.empty();
        var reader = readers.get(0);
        for (int count = 0; count < requests; count++) {
            if (page.isEmpty()) {
                reader = readers.get(random.nextInt(readers.size()));
            }
            page = compare(reader, page.isPresent() ? page.get() : asking.next());
        }
    }

    private Ask request() throws IOException, InterruptedException {
        return random.nextInt(ONE_IN) == 0 ? stolenPage().orElseGet(grammar::next) : grammar.next();
    }

    /** Sends a request to both; what comes back is the request for the next page, if there is one. */
    private Optional<Ask> compare(String reader, Ask ask) throws IOException, InterruptedException {
        var first = with.send(reader, ask);
        var second = without.send(reader, ask);
        score.count(ask, first, second);
        if (CREATING.contains(ask.route())) {
            created(ask, first, second);
        }
        if (!with.told(first).equals(without.told(second))) {
            score.add(smallest(reader, new Difference(reader, ask, with.told(first), without.told(second))));
            return Optional.empty();
        }
        return first.next().flatMap(link -> page("page", first, second));
    }

    private void created(Ask ask, Answer first, Answer second) {
        if (first.status() == second.status() && first.headers().containsKey("location")) {
            var name = learn(first.headers().get("location"), second.headers().getOrDefault("location", ""));
            name.ifPresent(made -> cast.add(new Thing(made, ask.path(), Fate.OWN)));
        }
    }

    /** Gives the first id that both texts hold and that has no name one name for both. */
    private Optional<String> learn(String first, String second) {
        var ids = with.names().unknown(first);
        var others = without.names().unknown(second);
        if (ids.isEmpty() && others.isEmpty()) {
            return Optional.empty();
        }
        var name = "made-" + score.pairs() + "-" + ++learned;
        ids.stream().findFirst().ifPresent(id -> with.names().put(name, id));
        others.stream().findFirst().ifPresent(id -> without.names().put(name, id));
        return Optional.of(name);
    }

    private Optional<Ask> page(String route, Answer first, Answer second) {
        var link = first.next();
        var other = second.next();
        learn(link.orElse(""), other.orElse(""));
        return link.map(url -> with.names().tell(url.replace(with.base(), "")))
                .or(() -> other.map(url -> without.names().tell(url.replace(without.base(), ""))))
                .map(path -> Ask.of(route, "GET", path.replaceFirst("^/", "")));
    }

    /** The next page of a search by somebody to whom nothing is hidden. */
    private Optional<Ask> stolenPage() throws IOException, InterruptedException {
        var type = random.nextBoolean() ? "Patient" : "Condition";
        var search = Ask.of("search", "GET", type)
                .query(List.of(new Ask.Term("_count", "1", "_count")))
                .sorted();
        return page("page of another", with.send(Story.HOSPITAL, search), without.send(Story.HOSPITAL, search));
    }

    /** Leaves out of a request whatever is not needed for the difference. */
    private Difference smallest(String reader, Difference found) throws IOException, InterruptedException {
        var least = found;
        var tries = 0;
        var shrinks = changesNothing(found.ask());
        while (shrinks && tries < TRIES) {
            shrinks = false;
            for (var smaller : least.ask().smaller()) {
                tries++;
                var first = with.told(with.send(reader, smaller));
                var second = without.told(without.send(reader, smaller));
                if (!first.equals(second)) {
                    least = new Difference(reader, smaller, first, second);
                    shrinks = true;
                    break;
                }
            }
        }
        return least;
    }

    private static boolean changesNothing(Ask ask) {
        var reads = ask.parts().stream().allMatch(part -> part.contains("\"method\":\"GET\""));
        return ask.method().equals("GET")
                || ask.method().equals("HEAD")
                || ask.isForm()
                || (!ask.bundle().isEmpty() && reads);
    }
}
