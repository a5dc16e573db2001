/** The release classes, facts and policies as the database keeps them, and the predicate made of them. */
@NullMarked
package org.accordhie.consent.jpa;

import org.jspecify.annotations.NullMarked;
