/** Puts code systems and value sets in force when they are written. */
@NullMarked
package org.accordhie.terminology.web;

import org.jspecify.annotations.NullMarked;
