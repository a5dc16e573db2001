package org.accordhie.consent.fhir;

import java.util.ArrayList;
import java.util.List;
import org.accordhie.consent.fhir.UnenforceableConsent.Problem;

/** What is found wrong while a consent is read, all of it, so that its author need not come again for each. Not thread-safe. */
final class Problems {

    private final List<Problem> found = new ArrayList<>();

    /** Takes a problem down; the reading goes on with a value that is never used. */
    void add(String path, String reason) {
        found.add(new Problem(path, reason));
    }

    /** Throws if there was any. */
    void refuse() throws UnenforceableConsent {
        if (!found.isEmpty()) {
            throw new UnenforceableConsent(found);
        }
    }
}
