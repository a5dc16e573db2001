/** The audit trail in our own table: one insert in the transaction of what it records, and the reading of it. */
@NullMarked
package org.accordhie.audit.jpa;

import org.jspecify.annotations.NullMarked;
