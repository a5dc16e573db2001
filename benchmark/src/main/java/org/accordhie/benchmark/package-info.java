/**
 * The benchmark: starts servers beside each other on one machine, loads the same records into each, and asks them in turn.
 * How to run it and what it measures: {@code docs/performance.md}.
 */
@NullMarked
package org.accordhie.benchmark;

import org.jspecify.annotations.NullMarked;
