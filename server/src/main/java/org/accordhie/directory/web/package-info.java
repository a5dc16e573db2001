/** Keeps memberships true when care teams and roles are written. */
@NullMarked
package org.accordhie.directory.web;

import org.jspecify.annotations.NullMarked;
