/** What each source calls things, in our own table. */
@NullMarked
package org.accordhie.intake.jpa;

import org.jspecify.annotations.NullMarked;
