package org.accordhie.consent;

import java.util.List;
import java.util.function.Supplier;
import org.accordhie.smart.AccessGrant;

/** What may be released to somebody, for code that serves no request of theirs: a job that they have started. */
public interface ReleasedViews {

    /**
     * Runs a look at storage in one transaction that sees only what the decision leaves to the grant at that moment. Nothing that
     * it finds is decided a second time or recorded, so nothing of it may leave.
     *
     * @param letters the scopes must grant one of these
     */
    <T> T look(AccessGrant grant, List<String> letters, Supplier<T> storage);
}
