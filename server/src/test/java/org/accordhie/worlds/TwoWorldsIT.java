package org.accordhie.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.accordhie.exchange.CodeUnderTest;
import org.accordhie.exchange.FreshExchange;
import org.accordhie.exchange.SecondServer;
import org.junit.jupiter.api.Test;

/**
 * Whatever a reader sends, the exchange that holds what is hidden from them answers like one that does not. Settings:
 * {@code accord.worlds.pairs}, {@code accord.worlds.first} (the number of the first of them), {@code accord.worlds.requests} (of
 * all pairs together), {@code accord.worlds.seed}, and {@code accord.worlds.log}, a file of the pairs that are done, by which an
 * interrupted run goes on.
 */
class TwoWorldsIT {

    static final List<String> READERS = List.of(
            Story.CLINIC,
            Story.CLINIC,
            Story.INSTITUTE,
            "dev-patient-app@%s",
            Story.CLINIC + "#system/Patient.rs system/Observation.rs"
                    + " system/Condition.rs?category=http://terminology.hl7.org/CodeSystem/condition-category|encounter-diagnosis",
            Story.CLINIC + DevelopmentClients.IN_EMERGENCY + "%s",
            Story.CLINIC + DevelopmentClients.WITH_RESIDUAL + "%s");

    private static final int PAIRS = Integer.getInteger("accord.worlds.pairs", 5);
    private static final int REQUESTS = Integer.getInteger("accord.worlds.requests", 2_000);
    private static final int SEED = Integer.getInteger("accord.worlds.seed", 1);
    private static final int FIRST = Integer.getInteger("accord.worlds.first", 0);

    @Test
    void areNotToldApart() throws IOException, InterruptedException {
        var score = new Score();
        var done =
                new PairLog(System.getProperty("accord.worlds.log", ""), CodeUnderTest.digestWith(TwoWorldsIT.class));
        System.out.println(done);
        var with = SecondServer.start(settings(), SteadyExchange.class);
        try {
            var without = SecondServer.start(settings(), SteadyExchange.class);
            try {
                ask(world(with, true), world(without, false), done, score);
            } finally {
                without.stop();
            }
        } finally {
            with.stop();
        }
        System.out.println("two worlds, seed " + SEED + ": " + score);
        assertThat(score.differences()).isEmpty();
        assertThat(score.failures()).isEmpty();
        // What an earlier run did counts too: there may have been nothing left to do.
        assertThat(done.pairs()).as("pairs without a difference").isGreaterThanOrEqualTo(PAIRS);
        assertThat(done.successes()).as("requests that were answered").isGreaterThan(done.requests() / 4);
    }

    /** At once, for a long run may be interrupted. */
    private static void tell(long seed, Score found) {
        found.leaks()
                .forEach((kind, difference) ->
                        System.out.println("difference in pair " + seed + ": " + kind + "\n" + difference));
        found.failures().forEach(failure -> System.out.println("failure in pair " + seed + ": " + failure));
    }

    private static void ask(World with, World without, PairLog done, Score score)
            throws IOException, InterruptedException {
        var requests = REQUESTS / PAIRS;
        for (var world : List.of(with, without)) {
            world.happens(Deed.of(Story.OFFICER, "POST", "Consent", Records.rule()));
        }
        for (int number = FIRST; number < FIRST + PAIRS; number++) {
            var seed = SEED * 1000L + number;
            var own = new Score();
            if (done.holds(seed, requests)) {
                continue;
            }
            new Pair(with, without, READERS, seed, true, own).ask(requests);
            tell(seed, own);
            score.add(own);
            done.add(seed, requests, own);
        }
        System.out.println(done);
    }

    /** The development partners, of whom the reading clinic may push here too. */
    private static Map<String, Object> settings() {
        var settings = FreshExchange.settings();
        partner(settings, 0, Story.CLINIC, "riverside-clinic", "TREAT,BTG", "SOURCE");
        partner(settings, 1, Story.HOSPITAL, "lakeside-hospital", "TREAT", "SOURCE");
        partner(settings, 2, Story.INSTITUTE, "research-institute", "HRESCH", "");
        partner(settings, 3, Story.OFFICER, "accord-exchange", "HOPERAT", "PRIVACY_OFFICER");
        partner(settings, 4, "dev-patient-app", "accord-exchange", "PATRQT", "");
        return settings;
    }

    private static void partner(
            Map<String, Object> settings, int index, String client, String organization, String purpose, String role) {
        var name = "accord.partners[" + index + "].";
        settings.put(name + "client-id", client);
        settings.put(name + "organization", "Organization/" + organization);
        settings.put(name + "purposes", purpose);
        if (!role.isEmpty()) {
            settings.put(name + "roles", role);
        }
    }

    private static World world(SecondServer server, boolean complete) {
        Map<String, Object> settings = server.settings();
        return new World(
                "http://127.0.0.1:" + settings.get("server.port") + "/fhir",
                new DevelopmentClients(
                        "http://127.0.0.1:" + settings.get("accord.development.issuer-port"),
                        "http://127.0.0.1:" + settings.get("server.port") + "/fhir",
                        Path.of(String.valueOf(settings.get("accord.development.directory")))),
                complete);
    }
}
