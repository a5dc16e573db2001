/** What readers and writers of one exchange did and saw, and whether all of it can be so. */
@NullMarked
package org.accordhie.exchange.history;

import org.jspecify.annotations.NullMarked;
