package org.accordhie.consent;

import java.util.function.LongConsumer;

/** Runs a law over many seeds; a failure names its seed, which makes it a row of the decision table. */
final class Seeds {

    /** How many seeds a law is tried with; fewer where every mutant of the code must be. */
    static final int CASES = Integer.getInteger("accord.seeds", 20_000);

    private Seeds() {}

    static void forAll(LongConsumer law) {
        forAll(CASES, law);
    }

    static void forAll(int cases, LongConsumer law) {
        for (long seed = 0; seed < Math.min(cases, CASES); seed++) {
            try {
                law.accept(seed);
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("seed " + seed + ": " + failed.getMessage(), failed);
            }
        }
    }
}
