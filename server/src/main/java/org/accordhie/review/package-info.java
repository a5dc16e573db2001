/**
 * What a human looks at afterwards: each declared emergency, which is closed by two pairs of eyes, and the accesses that rules
 * flag. The rules are functions of what was recorded; nothing here decides over a release but the end of an emergency.
 *
 * <p>Pure: nothing here knows of Spring, FHIR, HTTP or a database, and nothing here reads a clock. Start with {@code Emergency},
 * {@code Review} and {@code AccessRules}.
 */
@NullMarked
package org.accordhie.review;

import org.jspecify.annotations.NullMarked;
