/** CareTeam and PractitionerRole resources as memberships. */
@NullMarked
package org.accordhie.directory.fhir;

import org.jspecify.annotations.NullMarked;
