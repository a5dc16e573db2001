/**
 * A realm for Keycloak, made of the partner registry: Keycloak knows no smaller part of a scope and no purpose of use, so each
 * client is told by name what it may ask for.
 */
@NullMarked
package org.accordhie.local.keycloak;

import org.jspecify.annotations.NullMarked;
