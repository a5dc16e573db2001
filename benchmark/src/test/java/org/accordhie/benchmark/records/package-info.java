@NullMarked
package org.accordhie.benchmark.records;

import org.jspecify.annotations.NullMarked;
