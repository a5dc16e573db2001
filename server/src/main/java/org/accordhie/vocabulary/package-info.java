/**
 * The words every other package speaks: who asks, why, what for, and what a resource is about.
 *
 * <p>Pure: nothing here knows of Spring, HAPI, HTTP or a database, and nothing here reads a clock.
 */
@NullMarked
package org.accordhie.vocabulary;

import org.jspecify.annotations.NullMarked;
