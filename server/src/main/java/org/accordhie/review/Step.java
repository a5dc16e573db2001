package org.accordhie.review;

import java.time.Instant;

/**
 * Something an officer said of an emergency or of a finding. Steps are added, never changed.
 *
 * @param number counted from 1
 * @param at when
 * @param officer who
 * @param verdict its code
 * @param comment why, in their words
 */
public record Step(int number, Instant at, Party officer, String verdict, String comment) {}
