package org.accordhie.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.accordhie.fhirserver.ResourceTypes;
import org.junit.jupiter.api.Test;

/** Nothing that the exchange has is left out of what two worlds are asked. */
class GrammarTest {

    private static final String ROUTES = "/org/accordhie/fhirserver/routes.txt";
    private static final int DRAWN = 300_000;
    private static final Set<String> READS = Set.of("GET", "HEAD");

    @Test
    void everyBoundRouteIsAsked() throws IOException {
        var asked = new TreeSet<String>();
        var cast = new Cast();
        var story = new Story(1, cast, true);
        var grammar = new Grammar(cast, story.identifiers(), new Random(1));
        for (int count = 0; count < DRAWN; count++) {
            asked.add(route(grammar.next()));
        }

        assertThat(bound())
                .hasSizeGreaterThan(200)
                .allSatisfy(route -> assertThat(asked).contains(route));
    }

    @Test
    void everyTypeAboutAPatientIsHiddenSomewhereAndSeenElsewhere() {
        var cast = new Cast();
        assertThat(new Story(1, cast, true).deeds()).isNotEmpty();
        var notAboutAPatient =
                Set.of("CodeSystem", "ValueSet", "Location", "Organization", "Practitioner", "PractitionerRole");

        for (var fate : List.of(Cast.Fate.SEEN, Cast.Fate.HIDDEN)) {
            var types = new TreeSet<String>();
            cast.all().stream().filter(thing -> thing.fate() == fate).forEach(thing -> types.add(thing.type()));
            types.addAll(notAboutAPatient);
            // Nobody who asks ever sees a consent.
            types.add("Consent");
            assertThat(types).as("%s", fate).containsAll(ResourceTypes.SERVED);
        }
        assertThat(Cast.TYPES).containsAll(ResourceTypes.SERVED);
    }

    private static List<String> bound() throws IOException {
        try (var routes = Objects.requireNonNull(GrammarTest.class.getResourceAsStream(ROUTES))) {
            return new String(routes.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" ", 3))
                    .map(parts -> parts[0] + " " + (parts[1].startsWith("extended-operation") ? parts[2] : parts[1]))
                    .distinct()
                    .toList();
        }
    }

    /** A request as {@code routes.txt} names it; empty where it goes nowhere. */
    private static String route(Ask ask) {
        var parts = ask.address().split("\\?", 2)[0].split("/", -1);
        var last = parts[parts.length - 1];
        if (last.startsWith("$")) {
            return (parts.length == 1 ? "(server)" : parts[0]) + " " + last;
        }
        if (parts[0].isEmpty()) {
            return "(server) "
                    + (ask.address().contains("_getpages")
                            ? "get-page"
                            : ask.method().equals("POST") ? "transaction" : "");
        }
        if (last.equals("_history")) {
            return switch (parts.length) {
                case 1 -> "(server) history-system";
                case 2 -> parts[0] + " history-type";
                default -> parts[0] + " history-instance";
            };
        }
        return ask.method().equals("PATCH") ? parts[0] + " patch" : parts[0] + " " + interaction(ask.method(), parts);
    }

    private static String interaction(String method, String... parts) {
        return switch (parts.length) {
            case 1 -> method.equals("POST") ? "create" : READS.contains(method) ? "search-type" : method;
            case 2 ->
                switch (method) {
                    case "PUT" -> "update";
                    case "DELETE" -> "delete";
                    case "POST" -> parts[1].equals("_search") ? "search-type" : "";
                    // A read is bound as a vread whose version may be missing.
                    default -> parts[0].equals("OperationDefinition") ? "read" : "vread";
                };
            default -> "";
        };
    }
}
