/** Requests that were not carried out, on their way into the audit trail. */
@NullMarked
package org.accordhie.audit.web;

import org.jspecify.annotations.NullMarked;
