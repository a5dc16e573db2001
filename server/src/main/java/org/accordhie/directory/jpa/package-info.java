/** The memberships in force, in our own table. */
@NullMarked
package org.accordhie.directory.jpa;

import org.jspecify.annotations.NullMarked;
