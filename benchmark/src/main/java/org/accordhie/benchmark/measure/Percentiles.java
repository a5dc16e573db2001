package org.accordhie.benchmark.measure;

import java.util.Arrays;

/**
 * Percentiles of latencies, in milliseconds, by nearest rank: each is a latency that somebody has waited.
 *
 * @param p50 the median
 * @param p95 what 95 of 100 stayed within
 * @param p99 what 99 of 100 stayed within
 */
public record Percentiles(double p50, double p95, double p99) {

    private static final double NANOS = 1e6;

    /** Of latencies in nanoseconds, in any order; zeros if there are none. */
    public static Percentiles of(long[] nanos) {
        if (nanos.length == 0) {
            return new Percentiles(0, 0, 0);
        }
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Percentiles(at(sorted, 50), at(sorted, 95), at(sorted, 99));
    }

    private static double at(long[] sorted, int percent) {
        var rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[Math.max(1, rank) - 1] / NANOS;
    }
}
