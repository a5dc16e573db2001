@NullMarked
package org.accordhie.sealing;

import org.jspecify.annotations.NullMarked;
