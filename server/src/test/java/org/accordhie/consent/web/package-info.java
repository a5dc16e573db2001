/** Tests of the policy enforcement point without a database. */
@NullMarked
package org.accordhie.consent.web;

import org.jspecify.annotations.NullMarked;
