package org.accordhie.disclosure;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.accordhie.vocabulary.PurposeOfUse;

/** What a patient is told of the disclosures of their records, oldest first. A function: what it rests on is given. */
public final class Accounting {

    /** What was disclosed at the same instant is in the order of its ids, so that pages are stable. */
    private static final Comparator<Disclosure> IN_TIME =
            Comparator.comparing(Disclosure::at).thenComparing(Disclosure::id);

    private Accounting() {}

    /**
     * The accounting under a rule.
     *
     * @param disclosures everything that is known, of one patient
     * @param suspensions those that nobody has ended
     * @param asked when the accounting is asked for
     */
    public static List<AccountingEntry> of(
            AccountingRule rule,
            AccountingPeriod period,
            List<Disclosure> disclosures,
            List<Suspension> suspensions,
            Instant asked) {
        var rows = new LinkedHashMap<Row, AccountingEntry>();
        disclosures.stream()
                .filter(disclosure -> period.holds(disclosure.at()))
                .filter(disclosure -> rule.excludes(disclosure).isEmpty())
                .filter(disclosure -> mayBeTold(disclosure, suspensions, asked))
                .sorted(IN_TIME)
                .map(rule::describe)
                .forEach(disclosure -> add(disclosure, rows));
        return List.copyOf(rows.values());
    }

    /** Every access of the period to which nothing is objected, newest first. */
    public static List<Disclosure> accesses(
            AccountingPeriod period, List<Disclosure> disclosures, List<Suspension> suspensions, Instant asked) {
        return disclosures.stream()
                .filter(disclosure -> period.holds(disclosure.at()))
                .filter(disclosure -> mayBeTold(disclosure, suspensions, asked))
                .sorted(IN_TIME.reversed())
                .toList();
    }

    private static boolean mayBeTold(Disclosure disclosure, List<Suspension> suspensions, Instant asked) {
        return suspensions.stream().noneMatch(suspension -> suspension.withholds(disclosure, asked));
    }

    private static void add(Disclosure disclosure, Map<Row, AccountingEntry> rows) {
        var alone = disclosure.maySumUp() ? "" : disclosure.id();
        var row = new Row(
                disclosure.recipient().key(),
                disclosure.reason().purposes(),
                disclosure.reason().basis(),
                disclosure.place(),
                alone);
        rows.merge(
                row, new AccountingEntry(disclosure, 1, disclosure.at()), (entry, further) -> entry.with(disclosure));
    }

    /** What disclosures share that stand in one row. */
    private record Row(
            String recipient, Set<PurposeOfUse> purposes, Basis basis, Disclosure.Place place, String alone) {}
}
