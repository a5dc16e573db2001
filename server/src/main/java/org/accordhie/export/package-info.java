/**
 * Bulk export: what may be asked for, and what is told of a job. Source: HL7 FHIR Bulk Data Access 2.0.0.
 *
 * <p>A job lists; it holds no content. Under the grant of the requester who asked, {@code web.ListStep} writes down which
 * resources the released view shows. Whoever fetches a file reads them again under the token of that moment, and every row is
 * decided again, so what was revoked since is absent. Pure: nothing here knows of Spring, HAPI, HTTP or a database.
 */
@NullMarked
package org.accordhie.export;

import org.jspecify.annotations.NullMarked;
