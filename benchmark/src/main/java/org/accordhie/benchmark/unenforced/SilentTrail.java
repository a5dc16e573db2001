package org.accordhie.benchmark.unenforced;

import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.AuditTrail;
import org.accordhie.audit.OpenRequests;

/** Says that everything is recorded, and records nothing. */
final class SilentTrail implements AuditTrail {

    private final OpenRequests requests;

    SilentTrail(OpenRequests requests) {
        this.requests = requests;
    }

    @Override
    public void add(AccessRecord accessed) {
        var request = accessed.call().request();
        if (request != null) {
            requests.committed(request, accessed.outcome());
        }
    }
}
