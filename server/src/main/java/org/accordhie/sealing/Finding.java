package org.accordhie.sealing;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is not as it was sealed.
 *
 * @param kind what
 * @param anchor the number of the anchor that tells; 0 where none does
 * @param event the event concerned; null where it is the anchor itself, or not known which
 */
public record Finding(Kind kind, long anchor, @Nullable UUID event) {

    /** What can be wrong. */
    public enum Kind {
        CHANGED("a row is not what was sealed"),
        MISSING("a row that was sealed is not there"),
        ADDED("a row is there that no anchor covers"),
        REORDERED("a row stands in the place of another"),
        ANCHOR_BROKEN(
                "an anchor does not go on from the one before: one was changed, removed or put in another's place"),
        ANCHOR_UNSIGNED("an anchor is not signed by a trusted key"),
        ROWS_BROKEN("the list of sealed rows is not the one that the anchor was made for"),
        WITNESS_DIFFERS("the witness has seen an anchor that is not there, or another of its number");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** In words, with the ids: they name nobody. */
    public String sentence() {
        return kind.words + (anchor == 0 ? "" : " (anchor " + anchor + ")") + (event == null ? "" : ": event " + event);
    }
}
