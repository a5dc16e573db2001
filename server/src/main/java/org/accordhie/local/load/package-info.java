/**
 * Commands that ask a running exchange over HTTP, as any client would: {@code load} pushes a directory of bundles and can be
 * interrupted at any time, {@code audit replay} has past decisions made once more.
 */
@NullMarked
package org.accordhie.local.load;

import org.jspecify.annotations.NullMarked;
