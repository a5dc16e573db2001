/** What is taken out of resources. What has to go is decided elsewhere ({@code consent}); here is how it goes. */
@NullMarked
package org.accordhie.redaction;

import org.jspecify.annotations.NullMarked;
