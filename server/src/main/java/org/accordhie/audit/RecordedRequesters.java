package org.accordhie.audit;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.accordhie.vocabulary.PurposeOfUse;
import org.jspecify.annotations.Nullable;

/** Who has asked the exchange for records, as the audit trail knows. */
public interface RecordedRequesters {

    /**
     * The requesters of the events recorded since an instant, most events first.
     *
     * @param about only events about this patient, as {@code Patient/[id]}; null for all
     * @param limit at most so many
     */
    List<RecordedRequester> since(Instant since, @Nullable String about, int limit);

    /**
     * One of them.
     *
     * @param clientId the OAuth client
     * @param organization the partner, as {@code Organization/[id]}
     * @param user the person, as {@code [type]/[id]}; null for a system
     * @param purposes why they asked
     * @param events how often
     */
    record RecordedRequester(
            String clientId, String organization, @Nullable String user, Set<PurposeOfUse> purposes, long events) {

        public RecordedRequester {
            purposes = Set.copyOf(purposes);
        }
    }
}
