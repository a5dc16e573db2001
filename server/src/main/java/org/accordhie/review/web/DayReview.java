package org.accordhie.review.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.accordhie.review.Access;
import org.accordhie.review.AccessFinding;
import org.accordhie.review.AccessRule;
import org.accordhie.review.AccessRules;
import org.accordhie.review.DayOfRequests.Baseline;
import org.accordhie.review.Party;
import org.accordhie.review.Person;
import org.accordhie.review.fhir.PersonReader;
import org.accordhie.review.jpa.AccessRows;
import org.accordhie.review.jpa.FindingTable;
import org.jspecify.annotations.Nullable;

/**
 * Asks the rules about whole days. Looking at a day again finds what is there already, and what has come since. Must run in a
 * transaction that sees the whole storage. Thread-safe.
 */
final class DayReview {

    private final AccessRows rows;
    private final FindingTable findings;
    private final PersonReader persons;
    private final AccessRules rules;

    DayReview(AccessRows rows, FindingTable findings, PersonReader persons, AccessRules rules) {
        this.rows = rows;
        this.findings = findings;
        this.persons = persons;
        this.rules = rules;
    }

    /**
     * What was found.
     *
     * @param counts the new ones of each rule that is asked
     * @param patients whom they are about, as {@code Patient/[id]}
     */
    record Result(Map<AccessRule, Integer> counts, Set<String> patients) {}

    /** Looks at each day from the first to the last. */
    Result look(LocalDate first, LocalDate last, Instant now) {
        var result = new Result(new EnumMap<>(AccessRule.class), new HashSet<>());
        rules.asked().forEach(rule -> result.counts().put(rule, 0));
        var looking = new Looking(result, now);
        first.datesUntil(last.plusDays(1)).forEach(looking::at);
        return result;
    }

    /** One run, which remembers the people it has read. Not thread-safe. */
    private final class Looking {

        private final Result result;
        private final Instant now;
        private final Set<String> listed = findings.listed();
        private final Map<String, Optional<Person>> users = new HashMap<>();
        private final Map<String, Optional<Person>> patients = new HashMap<>();
        private final Map<Party, Party> people = new HashMap<>();

        Looking(Result result, Instant now) {
            this.result = result;
            this.now = now;
        }

        void at(LocalDate day) {
            for (var access : rows.accesses(day)) {
                rules.look(access, known(access)).forEach(this::keep);
            }
            for (var each : rows.days(day)) {
                var baseline = rules.standsOut(each) ? rows.baseline(each.party(), day) : Baseline.UNKNOWN;
                rules.look(each, baseline).forEach(this::keep);
            }
        }

        private Access.Circumstances known(Access access) {
            var party = access.party();
            var person = people.computeIfAbsent(party, persons::known);
            return new Access.Circumstances(
                    remembered(users, person.user(), persons::user),
                    remembered(patients, access.patient(), persons::patient),
                    rows.isRelated(
                            party,
                            person,
                            access.patient(),
                            access.day(),
                            rules.thresholds().relationshipDays()),
                    listed.contains(access.patient()));
        }

        private static @Nullable Person remembered(
                Map<String, Optional<Person>> known, @Nullable String name, Function<String, @Nullable Person> read) {
            return name == null
                    ? null
                    : known.computeIfAbsent(name, each -> Optional.ofNullable(read.apply(each)))
                            .orElse(null);
        }

        private void keep(AccessFinding finding) {
            if (findings.add(finding, now)) {
                result.counts().merge(finding.rule(), 1, Integer::sum);
                if (finding.patient() != null) {
                    result.patients().add(finding.patient());
                }
            }
        }
    }
}
