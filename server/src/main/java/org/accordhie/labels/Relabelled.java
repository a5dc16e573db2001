package org.accordhie.labels;

/**
 * A stored version with other labels than before.
 *
 * @param resource the storage's own number of the resource
 * @param version counted from 1
 * @param labels its labels from now on
 */
public record Relabelled(long resource, long version, Labels labels) {}
