/** The push over HTTP: who may write what, and the transaction around it. */
@NullMarked
package org.accordhie.intake.web;

import org.jspecify.annotations.NullMarked;
