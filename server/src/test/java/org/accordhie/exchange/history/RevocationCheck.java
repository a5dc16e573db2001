package org.accordhie.exchange.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.exchange.history.Operation.Kind;
import org.accordhie.exchange.history.Operation.Outcome;

/**
 * Finds the reads of a history that cannot be so: those that got something although a revocation had been acknowledged before
 * they began and no grant had begun before they ended, and the other way round.
 *
 * <p>The writes of a subject come one after another, so what may be in force during a read is what the writes before it left,
 * and what each write beside it makes. A write without an answer leaves both what was and what it would have made.
 */
public final class RevocationCheck {

    private final List<Operation> late = new ArrayList<>();
    private final List<Operation> stale = new ArrayList<>();
    private long decided;

    private RevocationCheck() {}

    /** Judges operations of one clock. */
    public static Verdict of(Collection<Operation> history) {
        var check = new RevocationCheck();
        history.stream()
                .filter(operation -> operation.kind() != Kind.KILL)
                .collect(Collectors.groupingBy(Operation::subject))
                .values()
                .forEach(check::judge);
        var kills = count(history, Kind.KILL, Outcome.ACKNOWLEDGED);
        return new Verdict(
                history.size() - kills,
                count(history, Kind.REVOKE, Outcome.ACKNOWLEDGED),
                count(history, Kind.GRANT, Outcome.ACKNOWLEDGED),
                count(history, Kind.REVOKE, Outcome.UNKNOWN) + count(history, Kind.GRANT, Outcome.UNKNOWN),
                kills,
                check.decided,
                check.late,
                check.stale);
    }

    private static long count(Collection<Operation> history, Kind kind, Outcome outcome) {
        return history.stream()
                .filter(operation -> operation.kind() == kind && operation.outcome() == outcome)
                .count();
    }

    private void judge(List<Operation> ofOneSubject) {
        var byBegin = ofOneSubject.stream()
                .sorted(Comparator.comparingLong(Operation::begin))
                .toList();
        var writes = byBegin.stream()
                .filter(operation -> operation.writes() && operation.outcome() != Outcome.REFUSED)
                .toList();
        requireOneAfterAnother(writes);
        // Nobody knows what was before the first write.
        Set<Kind> left = EnumSet.of(Kind.GRANT, Kind.REVOKE);
        var done = 0;
        for (var read : byBegin) {
            if (read.kind() != Kind.READ || read.outcome() == Outcome.UNKNOWN) {
                continue;
            }
            while (done < writes.size() && writes.get(done).end() < read.begin()) {
                left = leftBy(writes.get(done), left);
                done++;
            }
            judge(read, inForce(left, writes.subList(done, writes.size()), read));
        }
    }

    private static void requireOneAfterAnother(List<Operation> writes) {
        for (int index = 1; index < writes.size(); index++) {
            if (writes.get(index).begin() < writes.get(index - 1).end()) {
                throw new IllegalArgumentException(
                        "two writes of `" + writes.get(index).subject() + "` overlap");
            }
        }
    }

    private static Set<Kind> leftBy(Operation write, Set<Kind> before) {
        var after = EnumSet.of(write.kind());
        if (write.outcome() == Outcome.UNKNOWN) {
            after.addAll(before);
        }
        return after;
    }

    private static Set<Kind> inForce(Set<Kind> left, List<Operation> notDone, Operation read) {
        var inForce = EnumSet.copyOf(left);
        for (var write : notDone) {
            if (write.begin() > read.end()) {
                break;
            }
            inForce.add(write.kind());
        }
        return inForce;
    }

    private void judge(Operation read, Set<Kind> inForce) {
        if (inForce.size() > 1) {
            return;
        }
        decided++;
        var shown = inForce.contains(Kind.GRANT);
        if (read.outcome() == Outcome.SAW && !shown) {
            late.add(read);
        } else if (read.outcome() == Outcome.SAW_NOTHING && shown) {
            stale.add(read);
        }
    }
}
