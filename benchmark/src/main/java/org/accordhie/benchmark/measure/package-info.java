/** What is measured and how it is told: CPU time from the operating system, percentiles, ratios, tables and pictures. */
@NullMarked
package org.accordhie.benchmark.measure;

import org.jspecify.annotations.NullMarked;
