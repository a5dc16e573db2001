/**
 * Compares ways to hide rows in the database, by the very SQL that HAPI makes for searches. Read it from {@code Comparison}; docs/decisions/0002 has what it
 * printed.
 */
@NullMarked
package org.accordhie.benchmark.predicate;

import org.jspecify.annotations.NullMarked;
