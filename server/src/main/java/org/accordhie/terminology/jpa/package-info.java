/** The code systems and value sets in force, in our own tables. */
@NullMarked
package org.accordhie.terminology.jpa;

import org.jspecify.annotations.NullMarked;
