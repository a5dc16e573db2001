/** The audit trail and its anchors as tables. */
@NullMarked
package org.accordhie.sealing.jpa;

import org.jspecify.annotations.NullMarked;
