/**
 * What is taken out of resources: elements that are labelled or named by policies, and references to what is hidden. What has to go is decided elsewhere
 * ({@code consent}); here is how it goes, and that nobody finds it by a search.
 */
@NullMarked
package org.accordhie.redaction;

import org.jspecify.annotations.NullMarked;
