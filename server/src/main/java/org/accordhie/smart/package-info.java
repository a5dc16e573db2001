/**
 * SMART on FHIR scopes: what a token lets its client do to a resource type, and in whose compartment.
 *
 * <p>A scope is an upper bound and never a grant by itself: policy and consent only ever shrink what it opens.
 * Pure: nothing here knows of Spring, HAPI, HTTP or a database, and nothing here reads a clock.
 */
@NullMarked
package org.accordhie.smart;

import org.jspecify.annotations.NullMarked;
