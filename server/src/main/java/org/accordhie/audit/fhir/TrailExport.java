package org.accordhie.audit.fhir;

import java.util.List;
import java.util.UUID;
import org.accordhie.audit.TrailSpan;
import org.accordhie.audit.TrailSpan.Mark;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.smart.AccessGrant;
import org.hl7.fhir.r4.model.AuditEvent;

/** The trail as a bulk export lists and tells it, as far as {@link org.accordhie.audit.TrailReach} says. Thread-safe. */
public interface TrailExport {

    /** Lists the next events, oldest first, in the released view of the running transaction. */
    List<Mark> list(AccessGrant grant, TrailSpan span, Mark after, int limit);

    /**
     * Reads those of the events that are in the reach of whoever asks now, and records the reading. To be called behind
     * {@link org.accordhie.fhirserver.RequestLine#own}.
     */
    List<AuditEvent> read(RequestedInteraction asked, List<UUID> events);
}
