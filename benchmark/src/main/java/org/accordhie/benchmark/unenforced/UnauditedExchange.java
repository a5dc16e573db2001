package org.accordhie.benchmark.unenforced;

import java.util.Map;
import org.accordhie.audit.AuditTrail;

/**
 * The exchange with one of its beans replaced: everything is decided as ever, what the trail would keep is gathered, and nothing
 * is written.
 */
public final class UnauditedExchange {

    private UnauditedExchange() {}

    /** Starts it with the server's own arguments. */
    public static void main(String[] arguments) {
        ReplacedBeans.start(arguments, Map.of(AuditTrail.class, SilentTrail.class));
    }
}
