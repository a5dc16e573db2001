package org.accordhie.benchmark.measure;

import java.util.Arrays;

/**
 * How much faster one server was than another, from rounds in which both were measured one after the other.
 *
 * @param median the middle of the rounds' ratios
 * @param lowest the worst round's
 * @param highest the best round's
 */
public record Ratio(double median, double lowest, double highest) {

    /**
     * Compares rates round by round; the rounds in which the other did nothing say nothing.
     *
     * @throws IllegalArgumentException if they are not of the same rounds
     */
    public static Ratio of(double[] rates, double[] others) {
        if (rates.length != others.length) {
            throw new IllegalArgumentException("rates of " + rates.length + " and " + others.length + " rounds");
        }
        var ratios = new double[rates.length];
        var count = 0;
        for (int round = 0; round < rates.length; round++) {
            if (others[round] > 0) {
                ratios[count++] = rates[round] / others[round];
            }
        }
        if (count == 0) {
            return new Ratio(Double.NaN, Double.NaN, Double.NaN);
        }
        var sorted = Arrays.copyOf(ratios, count);
        Arrays.sort(sorted);
        return new Ratio((sorted[(count - 1) / 2] + sorted[count / 2]) / 2, sorted[0], sorted[count - 1]);
    }
}
