@NullMarked
package org.accordhie.local.load;

import org.jspecify.annotations.NullMarked;
