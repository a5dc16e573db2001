package org.accordhie.benchmark.unenforced;

import java.util.Map;
import org.accordhie.audit.AuditTrail;
import org.accordhie.fhirserver.ReleaseGate;

/**
 * The exchange with two of its beans replaced: every stored row is released, and nothing is recorded. Bytes, tokens, scopes,
 * intake, labels and release classes are as they are.
 */
public final class UnenforcedExchange {

    private UnenforcedExchange() {}

    /** Starts it with the server's own arguments. */
    public static void main(String[] arguments) {
        ReplacedBeans.start(
                arguments, Map.of(ReleaseGate.class, EverythingReleased.class, AuditTrail.class, SilentTrail.class));
    }
}
