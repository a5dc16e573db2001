/**
 * Turns a bearer token into a requester and its scopes, refuses the tokens that do not fit, and tells clients where to
 * get one.
 *
 * <p>Read {@code FhirSecurity} for the order of the checks, {@code TokenRules} and {@code TokenReader} for the checks.
 */
@NullMarked
package org.accordhie.smart.web;

import org.jspecify.annotations.NullMarked;
