@NullMarked
package org.accordhie.smart.fhir;

import org.jspecify.annotations.NullMarked;
