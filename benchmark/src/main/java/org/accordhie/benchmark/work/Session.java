package org.accordhie.benchmark.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.accordhie.benchmark.records.Ids;
import org.accordhie.benchmark.server.FhirClient;
import org.accordhie.benchmark.server.FhirClient.Answer;
import org.accordhie.benchmark.server.Role;

/** One client of one server, and what it remembers over the rounds. Not thread-safe. */
public final class Session {

    private static final long NUMBERS_OF_ONE = 1_000_000;

    private final FhirClient client;
    private final Ids ids;
    private final Random random = new Random();
    private final long start;
    private final List<Written> own = new ArrayList<>();
    private long number;

    /**
     * A client.
     *
     * @param worker which one; its choices and the names it gives follow from it, so that every server is asked the same
     */
    public Session(FhirClient client, Ids ids, long seed, int worker) {
        this.client = client;
        this.ids = ids;
        this.start = seed * 31 + worker;
        this.number = NUMBERS_OF_ONE * (worker + 1);
    }

    /**
     * A resource that this client has written.
     *
     * @param address as {@code [type]/[id]}
     * @param template what it was written from
     * @param number its name
     */
    record Written(String address, Templates.Template template, long number) {}

    /** Draws from the beginning what is drawn in one turn, so that in each round every server is asked the same. */
    void begin(String workload, int round) {
        random.setSeed((start * 31 + workload.hashCode()) * 31 + round);
    }

    /**
     * Reads as the clinic.
     *
     * @throws WrongAnswer if it is not answered
     */
    public Answer read(String address) throws WrongAnswer, IOException, InterruptedException {
        var answer = client.get(Role.READER, address);
        if (!answer.isRight()) {
            throw new WrongAnswer(address, answer);
        }
        return answer;
    }

    FhirClient client() {
        return client;
    }

    Ids ids() {
        return ids;
    }

    /** One of them, by chance. */
    <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** A number that no other client of this server uses. */
    long next() {
        return number++;
    }

    /** What this client has written and not deleted. */
    List<Written> own() {
        return own;
    }
}
