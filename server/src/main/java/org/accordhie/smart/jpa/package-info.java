/** The partner registry, as privacy officers keep it, in a table beside their Organizations. */
@NullMarked
package org.accordhie.smart.jpa;

import org.jspecify.annotations.NullMarked;
