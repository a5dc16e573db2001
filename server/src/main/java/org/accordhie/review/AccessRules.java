package org.accordhie.review;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.accordhie.review.DayOfRequests.Baseline;
import org.jspecify.annotations.Nullable;

/**
 * The rules that bring accesses before a human: functions of what was recorded and what is known. Each says why in a sentence, with
 * the numbers it went by.
 *
 * @param asked the rules to ask
 * @param thresholds where each begins
 */
public record AccessRules(Set<AccessRule> asked, Thresholds thresholds) {

    /** What is added where nothing shows a treatment relationship either. */
    private static final int UNRELATED = 10;

    public AccessRules {
        asked = Set.copyOf(asked);
    }

    /**
     * Where the rules begin.
     *
     * @param relationshipDays how far from the access what shows a relationship may lie
     * @param patients below so many patients a day nobody stands out
     * @param factor how many times the usual day is out of the ordinary
     * @param refusals below so many refusals a day nobody stands out
     * @param refusalPercent how much of the day's requests must be refused
     */
    public record Thresholds(int relationshipDays, int patients, int factor, int refusals, int refusalPercent) {}

    /** What there is to say of a requester and a patient. */
    public List<AccessFinding> look(Access access, Access.Circumstances known) {
        var found = new ArrayList<AccessFinding>();
        compare(access, known, found);
        if (access.treatment() && !known.related()) {
            add(
                    AccessRule.NO_RELATIONSHIP,
                    access,
                    0,
                    "asked for treatment, and nothing within " + thresholds.relationshipDays()
                            + " days of it shows that they or their organisation treat the patient",
                    found);
        }
        if (known.listed() || (known.patient() != null && known.patient().isVip())) {
            add(
                    AccessRule.VIP,
                    access,
                    bonus(known),
                    known.listed()
                            ? "the patient is on the officers' list"
                            : "a security label says that the patient is widely known",
                    found);
        }
        return found;
    }

    private void compare(Access access, Access.Circumstances known, List<AccessFinding> found) {
        var user = known.user();
        var patient = known.patient();
        if (user == null || patient == null) {
            return;
        }
        if (user.is(patient)) {
            add(
                    AccessRule.OWN_RECORD,
                    access,
                    0,
                    "the record is their own: the same identifier, or the same name and date of birth",
                    found);
        }
        if (user.sharesSurnameWith(patient)) {
            add(
                    AccessRule.SAME_SURNAME,
                    access,
                    bonus(known),
                    "they and the patient share a surname, or a part of one",
                    found);
        }
        if (user.livesWith(patient)) {
            add(AccessRule.SAME_ADDRESS, access, bonus(known), "they and the patient have the same address", found);
        }
    }

    private static int bonus(Access.Circumstances known) {
        return known.related() ? 0 : UNRELATED;
    }

    /** What there is to say of a requester's day. */
    public List<AccessFinding> look(DayOfRequests day, Baseline baseline) {
        var found = new ArrayList<AccessFinding>();
        var usual = baseline.usual();
        if (standsOut(day) && day.patients() > usual * thresholds.factor()) {
            add(
                    AccessRule.VOLUME,
                    day,
                    "read the data of " + day.patients() + " patients in a day; usual for them or their"
                            + " colleagues is " + Math.round(usual) + ", and " + thresholds.factor()
                            + " times that is out of the ordinary",
                    found);
        }
        if (isRefusedOften(day)) {
            add(
                    AccessRule.REFUSALS,
                    day,
                    day.refused() + " of " + day.requests() + " requests in a day were refused; from "
                            + thresholds.refusals() + " and " + thresholds.refusalPercent()
                            + " % on is out of the ordinary",
                    found);
        }
        return found;
    }

    /** Whether the day has so many patients that its baseline must be asked for. */
    public boolean standsOut(DayOfRequests day) {
        return day.patients() >= thresholds.patients();
    }

    private boolean isRefusedOften(DayOfRequests day) {
        return day.refused() >= thresholds.refusals()
                && day.refused() * 100L >= (long) day.requests() * thresholds.refusalPercent();
    }

    private void add(AccessRule rule, DayOfRequests day, String why, List<AccessFinding> found) {
        add(rule, new Finding(day.event(), day.day(), day.party(), null), 0, why, found);
    }

    private void add(AccessRule rule, Access access, int bonus, String why, List<AccessFinding> found) {
        add(rule, new Finding(access.event(), access.day(), access.party(), access.patient()), bonus, why, found);
    }

    private void add(AccessRule rule, Finding about, int bonus, String why, List<AccessFinding> found) {
        if (asked.contains(rule)) {
            var who = about.party().name() + " of " + about.party().organization();
            var whose = about.patient() == null ? ": " : " read " + about.patient() + ": ";
            found.add(new AccessFinding(
                    rule,
                    about.day(),
                    about.event(),
                    about.party(),
                    about.patient(),
                    who + whose + why,
                    rule.score() + bonus));
        }
    }

    /** What a finding is about. */
    private record Finding(
            UUID event,
            LocalDate day,
            Party party,
            @Nullable String patient) {}
}
