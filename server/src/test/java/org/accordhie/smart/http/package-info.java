/** What is asked of the issuer, and how often. */
@NullMarked
package org.accordhie.smart.http;

import org.jspecify.annotations.NullMarked;
