@NullMarked
package org.accordhie.redaction.fhir;

import org.jspecify.annotations.NullMarked;
