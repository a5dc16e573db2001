/** Where the servers' processor time goes, by the parts that hold it. */
@NullMarked
package org.accordhie.benchmark.profile;

import org.jspecify.annotations.NullMarked;
