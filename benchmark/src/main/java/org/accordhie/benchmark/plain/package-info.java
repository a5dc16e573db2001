/**
 * A HAPI JPA server as the hapi-fhir-jpaserver-starter configures it, without security: what Accord is compared with. It runs
 * on the same HAPI jars and the same PostgreSQL. With HAPI's own ConsentInterceptor it takes Accord's decisions.
 */
@NullMarked
package org.accordhie.benchmark.plain;

import org.jspecify.annotations.NullMarked;
