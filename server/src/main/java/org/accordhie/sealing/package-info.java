/**
 * Seals the audit trail, so that whoever changes, removes or adds a row afterwards is found out: anchors that follow one
 * from another, each with the digests of the rows it covers and a signature.
 */
@NullMarked
package org.accordhie.sealing;

import org.jspecify.annotations.NullMarked;
