package org.accordhie.benchmark.work;

/**
 * What a right answer held.
 *
 * @param entries resources found or written
 * @param bytes of the bodies, in characters
 */
public record Outcome(int entries, long bytes) {}
