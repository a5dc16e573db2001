/** Tests of what may be exported, and in which words it is asked for. */
@NullMarked
package org.accordhie.export;

import org.jspecify.annotations.NullMarked;
