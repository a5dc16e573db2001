package org.accordhie.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.LintFinding.Kind;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.TimeSpan;

/**
 * Finds what in a consent is probably not meant: rules that can never apply, that change nothing, or that another consent of
 * the patient contradicts. What it says holds; it does not find everything. Source: {@code docs/consent.md}, "What is refused
 * when it is written".
 */
public final class ConsentLint {

    private final Computable consent;
    private final Instant at;
    private final Set<LintFinding> findings = new LinkedHashSet<>();

    private ConsentLint(Computable consent, Instant at) {
        this.consent = consent;
        this.at = at;
    }

    /**
     * What is found, in the order of the consent.
     *
     * @param others the patient's other consents in force
     */
    public static List<LintFinding> check(Computable consent, Collection<Computable> others, Instant at) {
        var lint = new ConsentLint(consent, at);
        lint.checkRoot();
        lint.checkSiblings(consent.provisions(), List.of());
        for (var other : others) {
            lint.findings.addAll(Contradiction.between(consent, other, at));
        }
        return List.copyOf(lint.findings);
    }

    private void find(String path, Kind kind, String said) {
        findings.add(new LintFinding(path, kind, said));
    }

    private void checkRoot() {
        checkPeriod(consent.validity(), Finding.ROOT);
        if (consent.resource() instanceof ResourceCriteria criteria) {
            checkData(criteria, consent.base(), Finding.ROOT);
        }
    }

    private void checkPeriod(TimeSpan period, String path) {
        if (period.until() != null && period.until().isBefore(at)) {
            find(path + ".period", Kind.PAST, "is over");
        }
    }

    private void checkData(ResourceCriteria criteria, Effect effect, String path) {
        var labels = criteria.labels();
        var protectedLevel = labels.levels().stream().anyMatch(level -> level.isAtLeast(Confidentiality.R));
        if (effect == Effect.PERMIT && protectedLevel && labels.sensitivities().isEmpty()) {
            find(
                    path + ".securityLabel",
                    Kind.LEVEL_ALONE,
                    "names a confidentiality but no sensitivity, and so covers no record that is labelled with one, which"
                            + " is what nearly every record of that confidentiality is; name the sensitivities too");
        }
    }

    /**
     * Checks the exceptions to one rule.
     *
     * @param ancestors the rules they stand in, outermost first, without the root
     */
    private void checkSiblings(List<Provision> siblings, List<Provision> ancestors) {
        for (int index = 0; index < siblings.size(); index++) {
            var provision = siblings.get(index);
            check(provision, ancestors);
            checkShadow(siblings, index);
            checkRedundancy(provision, siblings, ancestors);
            var inside = new ArrayList<>(ancestors);
            inside.add(provision);
            checkSiblings(provision.provisions(), inside);
        }
    }

    private void check(Provision provision, List<Provision> ancestors) {
        if (provision.requester() instanceof RequesterCriteria criteria) {
            checkPeriod(criteria.period(), provision.path());
            if (!criteria.period().overlaps(consent.validity())) {
                find(
                        provision.path() + ".period",
                        Kind.NEVER_MATCHES,
                        "lies outside the period of the consent, and so never holds");
            }
            checkPurposes(criteria, provision.path(), ancestors);
        }
        if (provision.resource() instanceof ResourceCriteria criteria) {
            checkData(criteria, provision.effect(), provision.path());
        }
        if (isNeverReached(provision, ancestors)) {
            find(
                    provision.path(),
                    Kind.NEVER_MATCHES,
                    "can never apply: no request and no record meets its criteria and those of the rules it stands in");
        }
    }

    /**
     * Whether it never meets a rule it stands in, or is a permit that its parent never surely meets: of a permit that only
     * possibly applies the denials in it count.
     */
    private static boolean isNeverReached(Provision provision, List<Provision> ancestors) {
        for (int index = 0; index < ancestors.size(); index++) {
            var best = Reachability.together(ancestors.get(index), provision);
            var inParent = index == ancestors.size() - 1;
            if (best == Match.NO || (inParent && best == Match.POSSIBLY && !provision.mayDeny())) {
                return true;
            }
        }
        return false;
    }

    /** An exception of the root stands beside the root's criteria; deeper ones hold only within those of their parent. */
    private void checkPurposes(RequesterCriteria criteria, String path, List<Provision> ancestors) {
        var outer = ancestors.isEmpty()
                ? consent.requester()
                : ancestors.get(ancestors.size() - 1).requester();
        var outside = outer instanceof RequesterCriteria parent
                && !criteria.purposes().isEmpty()
                && !Coverage.coversPurposes(parent.purposes(), criteria.purposes());
        if (outside) {
            find(
                    path + ".purpose",
                    Kind.OUTSIDE_PARENT,
                    ancestors.isEmpty()
                            ? "names purposes outside those of the consent's root, and applies to them all the same"
                            : "names purposes outside those of the rule it stands in, where it never applies");
        }
    }

    private void checkShadow(List<Provision> siblings, int index) {
        var provision = siblings.get(index);
        for (int other = 0; other < siblings.size(); other++) {
            var denial = siblings.get(other);
            // Of two that are the same the first one counts.
            var first = other < index || !Coverage.covers(provision, denial) || provision.effect() == Effect.PERMIT;
            if (other != index && first && shadows(denial, provision)) {
                find(
                        provision.path(),
                        Kind.SHADOWED,
                        "changes nothing: `" + denial.path() + "` denies all that it speaks of");
                return;
            }
        }
    }

    /** A denial inside a permit may reach further than the permit, and one that names an emergency holds in it. */
    private static boolean shadows(Provision denial, Provision provision) {
        var saysMore = provision.effect() == Effect.PERMIT
                ? provision.mayDeny()
                : provision.requester().namesBreakGlass() && !denial.requester().namesBreakGlass();
        return denial.effect() == Effect.DENY
                && denial.provisions().isEmpty()
                && !saysMore
                && Coverage.covers(denial, provision);
    }

    /** The same effect as the parent's, within what the parent speaks of, and nothing of the other effect around it. */
    private void checkRedundancy(Provision provision, List<Provision> siblings, List<Provision> ancestors) {
        var parent = ancestors.isEmpty()
                ? new Provision(Finding.ROOT, consent.base(), consent.requester(), consent.resource(), List.of())
                : ancestors.get(ancestors.size() - 1);
        var alone = siblings.stream().allMatch(each -> saysOnly(each, parent.effect()));
        if (alone && !anyNamesMore(provision) && !namesMore(parent) && Coverage.covers(parent, provision)) {
            find(
                    provision.path(),
                    Kind.REDUNDANT,
                    "says what `" + parent.path() + "` says already; it is an exception to nothing");
        }
    }

    private static boolean saysOnly(Provision provision, Effect effect) {
        return provision.effect() == effect && provision.provisions().stream().allMatch(each -> saysOnly(each, effect));
    }

    private static boolean anyNamesMore(Provision provision) {
        return namesMore(provision) || provision.provisions().stream().anyMatch(ConsentLint::anyNamesMore);
    }

    /** Naming a sensitivity or a type is a patient's own yes to it; naming an emergency is a no that holds in it. */
    private static boolean namesMore(Provision provision) {
        if (provision.effect() == Effect.DENY) {
            return provision.requester().namesBreakGlass();
        }
        return provision.resource() instanceof ResourceCriteria criteria
                && !(criteria.labels().sensitivities().isEmpty()
                        && criteria.classes().types().isEmpty());
    }
}
