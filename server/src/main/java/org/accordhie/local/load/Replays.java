package org.accordhie.local.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** Asks for decisions to be made once more, as many at a time as the exchange makes. */
final class Replays {

    /** As many as the exchange decides in one answer. */
    static final int MOST = 5_000;

    /** Progress is told in these steps. */
    private static final Duration STEP = Duration.ofDays(1);

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final Exchange exchange;
    private final PrintStream told;

    /**
     * Asks one exchange.
     *
     * @param told is told each difference, and how far it is
     */
    Replays(Exchange exchange, PrintStream told) {
        this.exchange = exchange;
        this.told = told;
    }

    /**
     * What came out.
     *
     * @param releases how many were decided once more
     * @param agree resources of which the same came out
     * @param otherwise resources that are released all the same, for other reasons
     * @param hidden resources that would be hidden
     * @param refused reads that were refused and would be answered
     * @param gone resources of which a version that the decision rested on is gone
     */
    record Outcome(long releases, long agree, long otherwise, long hidden, long refused, long gone) {

        static final Outcome NONE = new Outcome(0, 0, 0, 0, 0, 0);

        Outcome and(Outcome other) {
            return new Outcome(
                    releases + other.releases,
                    agree + other.agree,
                    otherwise + other.otherwise,
                    hidden + other.hidden,
                    refused + other.refused,
                    gone + other.gone);
        }

        @Override
        public String toString() {
            return String.format(
                    "%,d releases and refused reads decided once more; of their resources %,d agree, %,d are released for"
                            + " other reasons, %,d would be hidden, %,d were refused and would be released, %,d are gone",
                    releases, agree, otherwise, hidden, refused, gone);
        }
    }

    /** Every release of a span. */
    Outcome all(Instant from, Instant until) throws LoadStopped, InterruptedException {
        var outcome = Outcome.NONE;
        for (var first = from; first.isBefore(until); first = first.plus(STEP)) {
            var last = first.plus(STEP).isBefore(until) ? first.plus(STEP) : until;
            outcome = outcome.and(whole(first, last));
            if (last.isBefore(until)) {
                told.printf("until %s: %s%n", last, outcome);
            }
        }
        return outcome;
    }

    /** An answer that is as long as one can be may have left some out: then each half is asked for. */
    private Outcome whole(Instant from, Instant until) throws LoadStopped, InterruptedException {
        var answer = ask(from, until, MOST, 0);
        var outcome = outcomeOf(answer);
        if (outcome.releases() < MOST) {
            tell(answer);
            return outcome;
        }
        var half = Duration.between(from, until).dividedBy(2);
        if (half.compareTo(SHORTEST) < 0) {
            throw new LoadStopped("too many releases at " + from);
        }
        return whole(from, from.plus(half)).and(whole(from.plus(half), until));
    }

    /** A sample of those of a span. */
    Outcome some(Instant from, Instant until, int sample, int seed) throws LoadStopped, InterruptedException {
        var answer = ask(from, until, sample, seed);
        tell(answer);
        return outcomeOf(answer);
    }

    private JsonNode ask(Instant from, Instant until, int sample, int seed) throws LoadStopped, InterruptedException {
        return exchange.ask("$replay?from=%s&until=%s&sample=%d&seed=%d".formatted(from, until, sample, seed));
    }

    private static Outcome outcomeOf(JsonNode answer) throws LoadStopped {
        var events = number(answer, "events");
        if (events.isEmpty()) {
            throw new LoadStopped("the exchange's answer does not say how many releases it is about");
        }
        return new Outcome(
                events.getAsLong(),
                number(answer, "agrees").orElse(0),
                number(answer, "other-reasons").orElse(0),
                number(answer, "hidden").orElse(0),
                number(answer, "released").orElse(0),
                number(answer, "gone").orElse(0));
    }

    private static OptionalLong number(JsonNode answer, String name) {
        for (var parameter : answer.path("parameter")) {
            if (parameter.path("name").asText().equals(name)) {
                return OptionalLong.of(parameter.path("valueInteger").asLong());
            }
        }
        return OptionalLong.empty();
    }

    private void tell(JsonNode answer) {
        for (var parameter : answer.path("parameter")) {
            if (parameter.path("name").asText().equals("difference")) {
                told.println(
                        text(parameter, "event") + " " + text(parameter, "resource") + ": " + text(parameter, "text"));
            }
        }
    }

    private static String text(JsonNode difference, String name) {
        for (var part : difference.path("part")) {
            if (part.path("name").asText().equals(name)) {
                return part.path("valueString").asText();
            }
        }
        return "";
    }
}
