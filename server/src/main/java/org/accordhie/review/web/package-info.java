/** The officer's operations, and the step that looks at each day by itself. */
@NullMarked
package org.accordhie.review.web;

import org.jspecify.annotations.NullMarked;
