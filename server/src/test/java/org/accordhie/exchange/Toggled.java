package org.accordhie.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.accordhie.exchange.Node.Answer;
import org.accordhie.exchange.Node.Request;
import org.accordhie.exchange.history.Operation;

/** Something of a patient that is hidden from the clinic and shown to it in turns, by one thread at a time. */
interface Toggled {

    String name();

    /** The next write. */
    Write next(Random random);

    /** Follows a write that was answered with success. */
    void done(Write write, Answer answer);

    /**
     * Looks up what is stored, after a write that was not answered.
     *
     * @param officer answers searches, as a privacy officer
     */
    void settle(Searches officer) throws IOException, InterruptedException;

    /** Ways for the clinic to ask for it, each as good as any other. */
    List<Way> ways();

    /**
     * A write.
     *
     * @param kind whether it hides or shows
     * @param way its name in the history
     */
    record Write(Operation.Kind kind, String way, Request request) {}

    /** Carries out a search. */
    interface Searches {

        /** The searchset. */
        JsonNode search(String query) throws IOException, InterruptedException;
    }

    /** A way to ask. Thread-safe. */
    interface Way {

        String name();

        Request request(Random random);

        /** What is remembered of an answer. */
        default void answered(JsonNode answer) {}

        /** A way that asks the same each time. */
        static Way of(String name, Request request) {
            return new Way() {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public Request request(Random random) {
                    return request;
                }
            };
        }

        /** A GET by the clinic. */
        static Way of(String name, String path) {
            return of(name, Request.get(Partner.RIVERSIDE_CLINIC, path));
        }
    }
}
