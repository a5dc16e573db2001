package org.accordhie.benchmark.measure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** How long each of many operations took. Grows while it is measured; belongs to one thread until then. */
public final class Latencies {

    private static final int INITIAL = 1024;

    private long[] nanos = new long[INITIAL];
    private int count;

    /** Adds one, in nanoseconds. */
    public void add(long took) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = took;
    }

    /** All of them, in nanoseconds. */
    public LongStream nanos() {
        return Arrays.stream(nanos, 0, count);
    }

    /** Those of several threads as one. */
    public static Latencies of(List<Latencies> parts) {
        var all = new Latencies();
        parts.forEach(part -> part.nanos().forEach(all::add));
        return all;
    }
}
