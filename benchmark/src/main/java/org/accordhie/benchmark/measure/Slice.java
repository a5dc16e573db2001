package org.accordhie.benchmark.measure;

/**
 * A few seconds of one workload on one server.
 *
 * @param series what was measured
 * @param round in which round; 0 is the warm-up
 * @param seconds how long it took until the last answer
 * @param done what was done
 * @param latencies the latency of each operation that succeeded
 * @param cpu what it cost
 */
public record Slice(Series series, int round, double seconds, Done done, Latencies latencies, CpuTime cpu) {

    /**
     * What is compared over rounds.
     *
     * @param workload the workload
     * @param clients how many asked at the same time
     * @param variant the server
     */
    public record Series(String workload, int clients, String variant) {}

    /**
     * What was done.
     *
     * @param operations that succeeded
     * @param errors wrong answers, and none
     * @param entries resources in the answers, or written
     * @param bytes of the answers' bodies
     * @param firstError what the first wrong answer was; empty if all were right
     */
    public record Done(long operations, long errors, long entries, long bytes, String firstError) {

        /** Both together. */
        public Done plus(Done other) {
            return new Done(
                    operations + other.operations,
                    errors + other.errors,
                    entries + other.entries,
                    bytes + other.bytes,
                    firstError.isEmpty() ? other.firstError : firstError);
        }
    }

    /** Operations a second. */
    public double rate() {
        return done.operations() / seconds;
    }

    /** Whether it was to warm up. */
    public boolean isWarmUp() {
        return round == 0;
    }
}
