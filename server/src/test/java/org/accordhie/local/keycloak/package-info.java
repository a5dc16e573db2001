@NullMarked
package org.accordhie.local.keycloak;

import org.jspecify.annotations.NullMarked;
