package org.accordhie.worlds;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.accordhie.worlds.Cast.Fate;
import org.accordhie.worlds.Cast.Thing;

/**
 * Two worlds that are sent the same requests, and whether they answer the same.
 *
 * <p>What a request creates in both is known by one name from then on, so later requests can be about it.
 */
final class Comparison {

    /** What answers with the address of something new. */
    private static final Set<String> CREATING = Set.of("create", "conditional create", "conditional update");

    private static final int TRIES = 60;
    private static final Pattern EVENT = Pattern.compile("AuditEvent/([0-9a-f-]{36})");

    private final World with;
    private final World without;
    private final Cast cast;
    private final Score score;
    private int learned;

    /**
     * What both answered.
     *
     * @param equal whether nobody could tell them apart
     */
    record Both(Answer first, Answer second, boolean equal) {}

    /**
     * A comparison.
     *
     * @param with has what is hidden
     * @param cast is told of what comes to be
     */
    Comparison(World with, World without, Cast cast, Score score) {
        this.with = with;
        this.without = without;
        this.cast = cast;
        this.score = score;
    }

    void happens(Deed deed) throws IOException, InterruptedException {
        with.happens(deed);
        without.happens(deed);
        // What is hidden is asked for by its id, in the other world too.
        deed.names().forEach(name -> without.names().suppose(name, with.names()));
    }

    /** Sends a request to both without looking at what is answered. */
    Both send(String reader, Ask ask) throws IOException, InterruptedException {
        var which = UUID.randomUUID().toString();
        var first = with.send(reader, ask, which);
        var second = without.send(reader, ask, which);
        return new Both(first, second, with.told(first).equals(without.told(second)));
    }

    /** Sends a request to both, and keeps a difference. */
    Both compare(String reader, Ask ask) throws IOException, InterruptedException {
        var both = send(reader, ask);
        var first = both.first();
        var second = both.second();
        score.count(ask, first, second);
        if (CREATING.contains(ask.route())) {
            created(ask, first, second);
        }
        if (!both.equal()) {
            score.add(smallest(reader, new Difference(reader, ask, with.told(first), without.told(second))));
        } else if (ask.path().equals("AuditEvent")) {
            name(EVENT, first.body(), second.body())
                    .ifPresent(event -> cast.add(new Thing(event, "AuditEvent", Fate.SEEN)));
        }
        return both;
    }

    private void created(Ask ask, Answer first, Answer second) {
        if (first.status() == second.status() && first.headers().containsKey("location")) {
            var name = learn(first.headers().get("location"), second.headers().getOrDefault("location", ""));
            name.ifPresent(made -> cast.add(new Thing(made, ask.path(), Fate.OWN)));
        }
    }

    /** Gives what a pattern's first group finds first in both texts one name for both, unless it has one. */
    Optional<String> name(Pattern pattern, String first, String second) {
        Function<String, String> found = text -> {
            var at = pattern.matcher(text);
            return at.find() ? at.group(1) : "";
        };
        return learn(found.apply(first), found.apply(second));
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

    /** The request for the next page, if there is one. */
    Optional<Ask> page(String route, Both both) {
        var link = both.first().next();
        var other = both.second().next();
        learn(link.orElse(""), other.orElse(""));
        return link.map(url -> with.names().tell(url.replace(with.base(), "")))
                .or(() -> other.map(url -> without.names().tell(url.replace(without.base(), ""))))
                .map(path -> Ask.of(route, "GET", path.replaceFirst("^/", "")));
    }

    /**
     * Leaves out of a request whatever is not needed for the difference. It must keep its sign: a search that finds more by a
     * chain is not the same leak as one whose total counts what is hidden, though this finds a difference too.
     */
    private Difference smallest(String reader, Difference found) throws IOException, InterruptedException {
        var least = found;
        var tries = 0;
        var shrinks = changesNothing(found.ask());
        while (shrinks && tries < TRIES) {
            shrinks = false;
            for (var smaller : least.ask().smaller()) {
                tries++;
                var both = send(reader, smaller);
                var first = with.told(both.first());
                var second = without.told(both.second());
                var left = new Difference(reader, smaller, first, second);
                if (!first.equals(second) && left.sign().equals(found.sign())) {
                    least = left;
                    shrinks = true;
                    break;
                }
            }
        }
        return least;
    }

    private static boolean changesNothing(Ask ask) {
        var reads = ask.parts().stream().allMatch(part -> part.contains("\"method\":\"GET\""));
        return (ask.method().equals("GET") && !ask.route().startsWith("$export"))
                || ask.method().equals("HEAD")
                || ask.isForm()
                || (!ask.bundle().isEmpty() && reads);
    }
}
