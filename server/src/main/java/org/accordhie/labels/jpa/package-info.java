/** The bases of labels as the database keeps them, and the labels in HAPI's tables. */
@NullMarked
package org.accordhie.labels.jpa;

import org.jspecify.annotations.NullMarked;
