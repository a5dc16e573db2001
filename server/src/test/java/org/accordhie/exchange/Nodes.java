package org.accordhie.exchange;

import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.accordhie.exchange.Node.Answer;
import org.accordhie.exchange.Node.Life;
import org.accordhie.exchange.Node.Request;

/**
 * Whoever is up of several nodes. Thread-safe.
 *
 * @param all of them
 */
record Nodes(List<Node> all) {

    Nodes {
        all = List.copyOf(all);
    }

    /** Whether none is down or starting. */
    boolean areUp() {
        return all.stream().allMatch(node -> node.life() != null);
    }

    /** A request as its thread sees it: who was asked, and when. */
    record Asked(Life life, long begin, Answer answer) {}

    /** Asks until somebody answers: of what may be asked twice. */
    Answer persistently(Random random, Request request) throws InterruptedException, IOException {
        while (true) {
            try {
                return ask(random, request).answer();
            } catch (NoAnswer gone) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    /** Asks a node that is up. */
    Asked ask(Random random, Request request) throws InterruptedException, NoAnswer {
        while (true) {
            var node = all.get(random.nextInt(all.size()));
            var life = node.life();
            if (life == null) {
                TimeUnit.MILLISECONDS.sleep(1);
                continue;
            }
            var begin = System.nanoTime();
            try {
                return new Asked(life, begin, node.send(life, request));
            } catch (ConnectException notAsked) {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (IOException gone) {
                throw new NoAnswer(life, begin, gone);
            }
        }
    }

    /** A node went while it was asked. */
    static final class NoAnswer extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Life life;
        private final long begin;

        NoAnswer(Life life, long begin, IOException cause) {
            super(cause);
            this.life = life;
            this.begin = begin;
        }

        /** Who was asked. */
        Life life() {
            return life;
        }

        /** When it was asked. */
        long begin() {
            return begin;
        }
    }
}
