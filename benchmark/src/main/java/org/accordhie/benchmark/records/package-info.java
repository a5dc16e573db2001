/** The records that every server is loaded with: Synthea's bundles, as many different people as are wanted. */
@NullMarked
package org.accordhie.benchmark.records;

import org.jspecify.annotations.NullMarked;
