@NullMarked
package org.accordhie.benchmark.growth;

import org.jspecify.annotations.NullMarked;
