@NullMarked
package org.accordhie.benchmark.predicate;

import org.jspecify.annotations.NullMarked;
