/** Keeps labelled elements out of HAPI's search index. */
@NullMarked
package org.accordhie.redaction.web;

import org.jspecify.annotations.NullMarked;
