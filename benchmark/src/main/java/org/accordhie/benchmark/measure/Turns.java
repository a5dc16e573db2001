package org.accordhie.benchmark.measure;

import java.time.Duration;

/**
 * How long each turn may take, so that the whole stays within its time.
 *
 * @param warmUp before the first round of a workload, for each server
 * @param turn one round of one server
 */
public record Turns(Duration warmUp, Duration turn) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final double WARM_UP_SHARE = 0.3;

    /**
     * Divides the time that is left.
     *
     * @param left all of it
     * @param workloads how many workloads
     * @param servers how many servers
     * @param rounds how many rounds, over all numbers of clients
     */
    public static Turns divide(Duration left, int workloads, int servers, int rounds) {
        var each = left.toMillis() / (double) (workloads * servers);
        return new Turns(atLeast(Duration.ofMillis((long) (each * WARM_UP_SHARE))), atLeast(Duration.ofMillis((long)
                (each * (1 - WARM_UP_SHARE) / rounds))));
    }

    private static Duration atLeast(Duration time) {
        return time.compareTo(SHORTEST) < 0 ? SHORTEST : time;
    }
}
