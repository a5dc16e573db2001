package org.accordhie.disclosure;

import java.time.Instant;

/**
 * A row of an accounting: a disclosure, or the first of several to the same recipient for a single purpose. Source: 45 CFR
 * 164.528(b)(2), (3).
 *
 * @param first told in full
 * @param count how many there were in the period
 * @param last when the last of them was
 */
public record AccountingEntry(Disclosure first, int count, Instant last) {

    AccountingEntry with(Disclosure further) {
        return new AccountingEntry(first, count + 1, further.at());
    }
}
