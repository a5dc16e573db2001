package org.accordhie.fhirserver;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * Which view of the database the running thread's transactions see.
 *
 * <p>Bound to the thread, since HAPI asks for connections without saying for whom. A thread that serves HTTP starts with
 * {@link #RELEASED}, in which nothing is visible until a decision says what is; only code that names its reason sees the
 * {@link #WHOLE}.
 */
public enum StorageView {
    /** Every row: migrations, the storage of pushed records, the reading of policies. */
    WHOLE,
    /** The rows released to the requester of the transaction; none before it is named. */
    RELEASED;

    private static final ThreadLocal<StorageView> CURRENT = ThreadLocal.withInitial(() -> WHOLE);

    /** The view of this thread. */
    public static StorageView current() {
        return CURRENT.get();
    }

    /** Runs the work with this view and restores the former one, also when the work fails. */
    public <T> T during(Supplier<T> work) {
        var former = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.get();
        } finally {
            CURRENT.set(former);
        }
    }

    /** The same for the rest of a filter chain. */
    void filter(FilterChain chain, ServletRequest request, ServletResponse response)
            throws IOException, ServletException {
        var former = CURRENT.get();
        CURRENT.set(this);
        try {
            chain.doFilter(request, response);
        } finally {
            CURRENT.set(former);
        }
    }
}
