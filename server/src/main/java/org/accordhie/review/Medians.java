package org.accordhie.review;

import java.util.Collection;

/** The value in the middle, which one wild day does not move. */
final class Medians {

    private Medians() {}

    /** Half of the values are at most this; 0 of none. */
    static double of(Collection<? extends Number> values) {
        var sorted = values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            return 0;
        }
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
