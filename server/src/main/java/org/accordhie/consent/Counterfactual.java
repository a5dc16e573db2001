package org.accordhie.consent;

/**
 * A change, the smallest of its kind, with which the outcome would be the other one.
 *
 * @param change what would have to be otherwise
 * @param permitted what would come out then
 */
public record Counterfactual(Change change, boolean permitted) {}
