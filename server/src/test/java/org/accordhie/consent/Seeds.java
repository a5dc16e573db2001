package org.accordhie.consent;

import java.util.function.LongConsumer;

/** Runs a law over many seeds; a failure names its seed, which makes it a row of the decision table. */
final class Seeds {

    private Seeds() {}

    static void forAll(int cases, LongConsumer law) {
        for (long seed = 0; seed < cases; seed++) {
            try {
                law.accept(seed);
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("seed " + seed + ": " + failed.getMessage(), failed);
            }
        }
    }
}
