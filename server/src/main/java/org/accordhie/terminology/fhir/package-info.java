/** CodeSystem and ValueSet resources as code hierarchies and value set definitions, or the reason why not. */
@NullMarked
package org.accordhie.terminology.fhir;

import org.jspecify.annotations.NullMarked;
