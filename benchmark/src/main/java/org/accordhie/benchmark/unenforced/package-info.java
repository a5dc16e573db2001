/**
 * Accord without decisions and audit, to measure what they cost. It is in the benchmark's classes alone: the server's jar has
 * no setting, profile or class that leads here.
 */
@NullMarked
package org.accordhie.benchmark.unenforced;

import org.jspecify.annotations.NullMarked;
