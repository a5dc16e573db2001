/** Disclosures as tables keep them: the audit trail's, those that others reported, and suspensions. */
@NullMarked
package org.accordhie.disclosure.jpa;

import org.jspecify.annotations.NullMarked;
