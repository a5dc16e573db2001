/**
 * Two worlds: the same exchange twice, in databases that differ only in what is hidden from a reader. Whatever the reader
 * sends, both must answer alike, to the byte. Start with {@link org.accordhie.worlds.Pair}; docs/security.md says how it is run.
 */
@NullMarked
package org.accordhie.worlds;

import org.jspecify.annotations.NullMarked;
