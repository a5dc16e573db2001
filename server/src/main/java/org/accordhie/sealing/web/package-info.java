/** Seals the trail of a running server. */
@NullMarked
package org.accordhie.sealing.web;

import org.jspecify.annotations.NullMarked;
