package org.accordhie.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Reads without pause from a server that is killed again and again. Every read asks for something that nothing else asks for, so
 * that its event can be told from all others.
 */
final class RecordedReads implements AutoCloseable {

    private static final int READERS = 3;

    private final ExecutorService threads = Executors.newFixedThreadPool(READERS);
    private final AtomicReference<@Nullable SecondServer> server = new AtomicReference<>();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final Set<UUID> seen = new HashSet<>();
    private final JdbcClient database;

    @SuppressWarnings("FutureReturnValueIgnored") // a reader says by what it answered how it fared
    RecordedReads(Map<String, Object> settings) throws IOException {
        var password = Files.readString(Path.of(String.valueOf(settings.get("accord.database.directory")))
                .resolve("accord.password"));
        this.database = JdbcClient.create(new DriverManagerDataSource(
                "jdbc:postgresql://127.0.0.1:" + settings.get("accord.database.port") + "/accord", "accord", password));
        for (int index = 0; index < READERS; index++) {
            threads.submit(this::read);
        }
    }

    /** Reads go to this server from now on. */
    void from(SecondServer running) {
        server.set(running);
    }

    /** How many reads were answered whole. */
    int answered() {
        return answered.size();
    }

    /** Every read that was answered has its event, and no event that was there is gone; returns how many events there are. */
    int requireEvents() {
        // Before the database is asked: who reads goes on reading once the server is there again.
        var before = List.copyOf(answered);
        var recorded = new HashSet<String>();
        var events = new HashSet<UUID>();
        database.sql("SELECT event_id, outcome || ' ' || query AS said FROM accord.audit_event")
                .query(row -> {
                    events.add(row.getObject("event_id", UUID.class));
                    recorded.add(row.getString("said"));
                });
        assertThat(events).as("events that were there are there").containsAll(seen);
        assertThat(recorded)
                .as("reads that were answered are recorded")
                .containsAll(before.stream().map(query -> "SUCCESS /" + query).toList());
        seen.addAll(events);
        return events.size();
    }

    private void read() {
        while (!Thread.currentThread().isInterrupted()) {
            var running = server.get();
            if (running == null) {
                pause();
                continue;
            }
            var query = "Patient?_summary=count&identifier=" + UUID.randomUUID();
            if (isAnswered(running, query)) {
                answered.add(query);
            }
        }
    }

    private static boolean isAnswered(SecondServer running, String query) {
        try {
            var answer = running.lakeside().get(query);
            return answer.statusCode() == 200 && answer.jsonPath().getInt("total") == 0;
        } catch (Exception gone) {
            pause();
            return false;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end();
    }

    /** No more reads are asked, and all that were are answered. */
    void end() {
        threads.shutdownNow();
        try {
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
