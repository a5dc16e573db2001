package org.accordhie.benchmark.work;

import java.io.IOException;
import java.util.List;

/** One kind of operation, which clients repeat. Thread-safe; what a client remembers is in its session. */
public interface Workload {

    /** As in tables and on the command line. */
    String name();

    /** Whether it changes what is stored. */
    default boolean writes() {
        return true;
    }

    /** What is read, as the session's server is asked; none where it writes. */
    default List<String> addresses(Session session) {
        return List.of();
    }

    /**
     * Does it once.
     *
     * @throws WrongAnswer if the answer is not what it should be
     * @throws IOException if there is none
     */
    Outcome run(Session session) throws WrongAnswer, IOException, InterruptedException;
}
