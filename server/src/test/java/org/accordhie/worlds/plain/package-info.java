/** A HAPI JPA server with HAPI's own routes and HAPI's ConsentInterceptor, in which a harness must find leaks. */
@NullMarked
package org.accordhie.worlds.plain;

import org.jspecify.annotations.NullMarked;
