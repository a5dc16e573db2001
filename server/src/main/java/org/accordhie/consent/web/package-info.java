/** The policy enforcement point: the decision put into the storage's view, taken again for every row, and obeyed. */
@NullMarked
package org.accordhie.consent.web;

import org.jspecify.annotations.NullMarked;
