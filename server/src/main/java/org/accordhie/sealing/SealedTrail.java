package org.accordhie.sealing;

import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A sealed trail as it lies in a database or in a file. It stays as it is while it is read. */
public interface SealedTrail {

    /** All anchors by their numbers. */
    Iterator<Anchor> anchors();

    /**
     * The rows that an anchor covers, as they are listed; null where the list is gone.
     *
     * @throws IllegalArgumentException if the list cannot be read
     */
    @Nullable
    SealedRows listed(Anchor anchor);

    /**
     * The rows that are there under the ids listed, in the order of the list as far as the order is kept.
     *
     * @throws IllegalArgumentException if they cannot be read
     */
    List<TrailRow> rows(Anchor anchor, SealedRows listed);

    /** The signed statements of what was pruned, with the key and the signature. */
    List<SignedPruning> prunings();

    /**
     * Rows of transactions before this one that are in none of the lists, at most so many.
     *
     * @param settled how many rows were found of transactions before it
     */
    List<UUID> unlisted(long before, long settled, int most);

    /** A statement and who signed it. */
    record SignedPruning(Pruned pruned, String key, String signature) {}
}
