@NullMarked
package org.accordhie.benchmark.profile;

import org.jspecify.annotations.NullMarked;
