package org.accordhie.worlds;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.accordhie.worlds.Ask.Term;
import org.accordhie.worlds.Comparison.Both;

/**
 * Bulk exports, asked of both worlds from the kick-off over the manifest and every file to the end. How far a job is while it
 * runs is a matter of time, and is not compared.
 */
final class Exports {

    private static final int POLLS = 900;
    private static final int PAUSE_MILLIS = 100;
    private static final Pattern JOB = Pattern.compile("_jobId=([0-9a-f-]{36})");
    private static final Pattern FILE = Pattern.compile("_file=([A-Za-z0-9.-]+)");
    private static final List<String> MOMENTS =
            List.of("2020-01-01T00:00:00Z", "2026-01-02T00:00:00.000Z", "2099-01-01T00:00:00Z", "2024");

    private final Comparison worlds;
    private final Cast cast;
    private final List<String> readers;
    private final Random random;

    Exports(Comparison worlds, Cast cast, List<String> readers, Random random) {
        this.worlds = worlds;
        this.cast = cast;
        this.readers = List.copyOf(new LinkedHashSet<>(readers));
        this.random = random;
    }

    /** An export by whoever may have one, in an order of chance; others are refused, in the same way by both. */
    void one() throws IOException, InterruptedException {
        var asking = new ArrayList<>(readers);
        Collections.shuffle(asking, random);
        for (var reader : asking) {
            var begun = worlds.compare(reader, kickOff());
            if (!begun.equal() || begun.first().status() == 202) {
                if (begun.equal()) {
                    followed(reader, begun);
                }
                return;
            }
        }
    }

    private Ask kickOff() {
        var level = random.nextInt(3);
        var path = level == 0
                ? "$export"
                : level == 1 ? "Patient/$export" : cast.any("Group", random).address() + "/$export";
        var terms = new ArrayList<Term>();
        if (random.nextInt(3) > 0) {
            terms.add(new Term("_type", type(level) + "," + type(level), "_type"));
        }
        if (random.nextInt(4) == 0) {
            terms.add(new Term("_since", MOMENTS.get(random.nextInt(MOMENTS.size())), "_since"));
        }
        var headers = Map.of("Prefer", "respond-async");
        if (random.nextInt(4) == 0) {
            var parameters = terms.stream()
                    .map(term -> "{\"name\":\"%s\",\"value%s\":\"%s\"}"
                            .formatted(term.name(), term.name().equals("_since") ? "Instant" : "String", term.value()))
                    .collect(Collectors.joining(","));
            var body = parameters.isEmpty() ? "" : ",\"parameter\":[" + parameters + "]";
            return Ask.of("$export kick-off", "POST", path)
                    .headers(headers)
                    .body("{\"resourceType\":\"Parameters\"" + body + "}");
        }
        return Ask.of("$export kick-off", "GET", path).query(terms).headers(headers);
    }

    private String type(int level) {
        var types = level == 0 ? Cast.TYPES : Chart.TYPES;
        return types.get(random.nextInt(types.size()));
    }

    private void followed(String reader, Both begun) throws IOException, InterruptedException {
        var job = worlds.name(
                        JOB,
                        begun.first().headers().getOrDefault("content-location", ""),
                        begun.second().headers().getOrDefault("content-location", ""))
                .orElseThrow();
        var poll = Ask.of("$export status", "GET", "$export-poll-status?_jobId={{" + job + "}}");
        var both = worlds.send(reader, poll);
        for (int polls = 0; polls < POLLS && isRunning(both); polls++) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            both = worlds.send(reader, poll);
        }
        if (isRunning(both)) {
            throw new IOException("an export does not end: " + begun.first().headers());
        }
        var done = worlds.compare(reader, poll);
        var another = readers.get(random.nextInt(readers.size()));
        worlds.compare(another, poll);
        for (var file : files(done)) {
            var fetched = Ask.of("$export file", "GET", "$export-file?_jobId={{" + job + "}}&_file=" + file);
            worlds.compare(reader, fetched);
            worlds.compare(another, fetched);
        }
        worlds.compare(reader, Ask.of("$export end", "DELETE", poll.path()));
        worlds.compare(reader, Ask.of("$export after its end", "GET", poll.path()));
    }

    private static boolean isRunning(Both both) {
        return both.first().status() == 202 || both.second().status() == 202;
    }

    /** What files either world has. */
    private static List<String> files(Both both) {
        var files = new LinkedHashSet<String>();
        for (var body : List.of(both.first().body(), both.second().body())) {
            FILE.matcher(body).results().forEach(found -> files.add(found.group(1)));
        }
        return List.copyOf(files);
    }
}
