/** The tables of exports, and the released rows that a job lists and a file tells of. */
@NullMarked
package org.accordhie.export.jpa;

import org.jspecify.annotations.NullMarked;
