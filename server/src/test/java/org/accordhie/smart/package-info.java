/** Scopes: every row of the grammar, the union, the interaction table and the contexts. */
@NullMarked
package org.accordhie.smart;

import org.jspecify.annotations.NullMarked;
