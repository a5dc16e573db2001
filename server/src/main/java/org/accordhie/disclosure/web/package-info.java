/** Who may ask for an accounting, report a disclosure or suspend an accounting, and the page that is printed of it. */
@NullMarked
package org.accordhie.disclosure.web;

import org.jspecify.annotations.NullMarked;
