package org.accordhie.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.accordhie.benchmark.measure.Slice;
import org.accordhie.benchmark.work.Driver;
import org.accordhie.benchmark.work.Target;
import org.accordhie.benchmark.work.Workload;

/**
 * Gives servers their turns, and keeps what was measured. Used by one thread.
 *
 * @param driver asks
 * @param clients how many ask at the same time, one number after the other
 * @param rounds how often each server has its turn
 * @param random the order of turns
 * @param slices what was measured, which grows
 */
record Measuring(Driver driver, List<Integer> clients, int rounds, Random random, List<Slice> slices) {

    Measuring {
        clients = List.copyOf(clients);
    }

    Measuring(Driver driver, Settings settings, Random random) {
        this(driver, settings.clients, settings.rounds, random, new ArrayList<>());
    }

    /** Every server in every round, in an order drawn anew. */
    void takeTurns(Workload workload, List<Target> targets, Duration turn) throws InterruptedException {
        var order = new ArrayList<>(targets);
        for (var number : clients) {
            for (int round = 1; round <= rounds; round++) {
                Collections.shuffle(order, random);
                for (var target : order) {
                    slices.add(driver.run(workload, target, number, round, turn));
                }
            }
        }
    }

    /** One server after the other, with each number of clients, so that connections and pools are there. */
    void warmUp(Workload workload, List<Target> targets, Duration time) throws InterruptedException {
        for (var target : targets) {
            for (var number : clients) {
                slices.add(driver.run(workload, target, number, 0, time.dividedBy(clients.size())));
            }
        }
    }
}
