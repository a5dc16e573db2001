@NullMarked
package org.accordhie.benchmark.measure;

import org.jspecify.annotations.NullMarked;
