/**
 * The command {@code load}: pushes a directory of bundles to an exchange over HTTP, as any source would, and can be
 * interrupted at any time.
 */
@NullMarked
package org.accordhie.local.load;

import org.jspecify.annotations.NullMarked;
