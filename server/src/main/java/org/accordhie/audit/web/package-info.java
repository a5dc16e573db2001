/** Requests that were not carried out, on their way into the audit trail, and the routes by which it is read. */
@NullMarked
package org.accordhie.audit.web;

import org.jspecify.annotations.NullMarked;
