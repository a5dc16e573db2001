/**
 * What grows with what: the same work on more and more patients, consents and hidden records, told as tables, pictures and
 * bytes for each resource.
 */
@NullMarked
package org.accordhie.benchmark.growth;

import org.jspecify.annotations.NullMarked;
