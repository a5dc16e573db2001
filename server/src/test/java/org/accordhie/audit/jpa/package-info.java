/** The audit trail in a real database. */
@NullMarked
package org.accordhie.audit.jpa;

import org.jspecify.annotations.NullMarked;
