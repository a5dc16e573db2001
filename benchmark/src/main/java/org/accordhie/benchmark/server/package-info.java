/** The servers that are compared: their processes, their addresses, and the tokens for them. */
@NullMarked
package org.accordhie.benchmark.server;

import org.jspecify.annotations.NullMarked;
