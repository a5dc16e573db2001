package org.accordhie.consent;

import java.util.List;

/** What the linter has found in stored consents. */
public interface ConsentFindings {

    /** What was found in the current version of a consent, given by its id, beside the patient's other consents. */
    List<LintFinding> of(String id);
}
