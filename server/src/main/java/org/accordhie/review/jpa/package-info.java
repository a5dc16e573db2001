/** What was declared, found and said about it, in tables of our own to which rows are only added. */
@NullMarked
package org.accordhie.review.jpa;

import org.jspecify.annotations.NullMarked;
