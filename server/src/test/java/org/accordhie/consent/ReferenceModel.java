package org.accordhie.consent;

import static java.util.Comparator.naturalOrder;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.Sensitivity;
import org.jspecify.annotations.Nullable;

/**
 * The consent evaluation rule once more, as plainly as it can be said: every criterion is false, possible or certain; a permit
 * needs certainty, a deny only possibility. Slow, and good for nothing but being agreed with.
 */
final class ReferenceModel {

    private static final Set<String> ABOUT_NOBODY = Set.of(
            "CodeSystem", "Location", "Medication", "Organization", "Practitioner", "PractitionerRole", "ValueSet");

    private enum Truth {
        FALSE,
        POSSIBLE,
        CERTAIN
    }

    private final AccessRequest request;
    private final ResourceFacts facts;
    private final Rules rules;

    /** What one consent says, by which criteria, and whether it says no to breaking the glass in so many words. */
    private record Saying(char letter, Set<ResourceCriteria> by, boolean noToGlass) {

        static final Saying NOTHING = new Saying('N', Set.of(), false);
    }

    private ReferenceModel(AccessRequest request, ResourceFacts facts, Rules rules) {
        this.request = request;
        this.facts = facts;
        this.rules = rules;
    }

    static boolean permits(AccessRequest request, ResourceFacts facts, Rules rules) {
        var model = new ReferenceModel(request, facts, rules);
        return model.whateverTheLaw().orElseGet(model::everyPurposeIsPermitted);
    }

    private Optional<Boolean> whateverTheLaw() {
        var requester = request.requester();
        var officer = requester.roles().contains(ExchangeRole.PRIVACY_OFFICER);
        if (facts.source().equals(requester.organization())) {
            return Optional.of(true);
        }
        if (requester.patient() != null
                && facts.patients().equals(Set.of(requester.patient()))
                && facts.compartments().contains(requester.patient())) {
            return Optional.of(true);
        }
        if (facts.type().equals("Consent")) {
            return Optional.of(officer);
        }
        if (facts.type().equals("Patient") && officer && !facts.patients().isEmpty()) {
            return Optional.of(true);
        }
        var tellsAnIllness =
                facts.type().equals("Medication") && !facts.sensitivities().isEmpty();
        return facts.patients().isEmpty()
                ? Optional.of(ABOUT_NOBODY.contains(facts.type()) && !tellsAnIllness)
                : Optional.empty();
    }

    private boolean emergency() {
        return request.breakGlass() != null
                && facts.patients().equals(Set.of(request.breakGlass().patient()));
    }

    private boolean everyPurposeIsPermitted() {
        var purposes = new HashSet<@Nullable PurposeOfUse>(request.requester().purposes());
        if (purposes.isEmpty()) {
            purposes.add(null);
        }
        if (purposes.contains(PurposeOfUse.BTG) && !emergency()) {
            purposes.add(PurposeOfUse.ETREAT);
        }
        return purposes.stream().allMatch(this::isPermitted);
    }

    private boolean isPermitted(@Nullable PurposeOfUse purpose) {
        if (lawSays(HardRule.Kind.NEVER, 'D', purpose)) {
            return false;
        }
        if (lawSays(HardRule.Kind.ALWAYS, 'P', purpose)) {
            return true;
        }
        return facts.patients().stream().allMatch(patient -> {
            var sayings = new ArrayList<Saying>();
            var underLaws = new HashSet<String>();
            for (var consent : rules.of(patient)) {
                var saying = say(consent, purpose);
                sayings.add(saying);
                if (saying.letter() == 'P') {
                    underLaws.addAll(((Computable) consent).bases());
                }
            }
            return patientPermits(purpose, sayings, underLaws);
        });
    }

    private boolean lawSays(HardRule.Kind kind, char letter, @Nullable PurposeOfUse purpose) {
        return rules.policy().rules().stream()
                .filter(law -> law.kind() == kind)
                .anyMatch(law -> say(law.rule(), purpose).letter() == letter);
    }

    private boolean patientPermits(@Nullable PurposeOfUse purpose, List<Saying> sayings, Set<String> underLaws) {
        var letters = new HashSet<Character>();
        sayings.forEach(saying -> letters.add(saying.letter()));
        if (letters.contains('X')) {
            return false;
        }
        var yes = new HashSet<ResourceCriteria>();
        sayings.stream().filter(saying -> saying.letter() == 'P').forEach(saying -> yes.addAll(saying.by()));
        var lawful = everyYesIsSaid(purpose, letters.contains('P'), yes, underLaws);
        var glass = lawful && sayings.stream().noneMatch(Saying::noToGlass) && glassIsBroken(purpose);
        if (letters.contains('D') || (letters.contains('I') && !letters.contains('P'))) {
            return glass;
        }
        return lawful && (letters.contains('P') || byDefault(purpose) || glass);
    }

    private boolean byDefault(@Nullable PurposeOfUse purpose) {
        return lawSays(HardRule.Kind.DEFAULT, 'P', purpose) && !lawSays(HardRule.Kind.DEFAULT, 'D', purpose);
    }

    private boolean glassIsBroken(@Nullable PurposeOfUse purpose) {
        var asked = emergency()
                && purpose != null
                && request.requester().purposes().contains(PurposeOfUse.BTG)
                && PurposeOfUse.BTG.isWithin(purpose);
        if (!asked || lawSays(HardRule.Kind.DEFAULT, 'D', PurposeOfUse.BTG)) {
            return false;
        }
        return rules.policy().rules().stream()
                .filter(law -> law.kind() == HardRule.Kind.DEFAULT)
                .flatMap(law -> law.rule().provisions().stream())
                .anyMatch(rule -> rule.effect() == Effect.PERMIT
                        && purposesOf(rule).contains(PurposeOfUse.BTG)
                        && truthOf(rule, PurposeOfUse.BTG) == Truth.CERTAIN);
    }

    private boolean everyYesIsSaid(
            @Nullable PurposeOfUse purpose, boolean permitted, Set<ResourceCriteria> yes, Set<String> underLaws) {
        for (var law : rules.policy().rules()) {
            if (law.kind() != HardRule.Kind.REQUIRES_CONSENT) {
                continue;
            }
            var asks = say(law.rule(), purpose);
            var given = law.rule().bases().stream().anyMatch(underLaws::contains);
            if (asks.letter() == 'D' && !given && !(permitted && isNamed(asks.by(), yes))) {
                return false;
            }
        }
        return true;
    }

    private boolean isNamed(Set<ResourceCriteria> asked, Set<ResourceCriteria> yes) {
        for (var sensitivity : facts.sensitivities()) {
            var concerned = asked.stream()
                    .flatMap(law -> law.labels().sensitivities().stream())
                    .anyMatch(named -> related(named, sensitivity));
            var named = yes.stream()
                    .flatMap(criteria -> criteria.labels().sensitivities().stream())
                    .anyMatch(each -> Sensitivity.isWithin(sensitivity, each));
            if (concerned && !named) {
                return false;
            }
        }
        var level = facts.confidentiality();
        var asksForLevel = asked.stream()
                .flatMap(law -> law.labels().levels().stream())
                .anyMatch(named -> named.compareTo(level) <= 0);
        if (asksForLevel
                && yes.stream()
                        .flatMap(criteria -> criteria.labels().levels().stream())
                        .noneMatch(named -> named.compareTo(level) >= 0)) {
            return false;
        }
        var asksForType = asked.stream().anyMatch(law -> law.classes().types().contains(facts.type()));
        return !asksForType
                || yes.stream().anyMatch(criteria -> criteria.classes().types().contains(facts.type()));
    }

    private static boolean related(String one, String other) {
        return Sensitivity.isWithin(one, other) || Sensitivity.isWithin(other, one);
    }

    private Saying say(ConsentPolicy policy, @Nullable PurposeOfUse purpose) {
        if (!(policy instanceof Computable consent)) {
            return new Saying('X', Set.of(), false);
        }
        if (!consent.validity().contains(request.at())) {
            return Saying.NOTHING;
        }
        var exceptions = sayAll(consent.provisions(), purpose);
        if (exceptions != null) {
            return exceptions;
        }
        var data = (ResourceCriteria) consent.resource();
        var context = (RequesterCriteria) consent.requester();
        var permitting = consent.base() == Effect.PERMIT;
        var needed = permitting ? Truth.CERTAIN : Truth.POSSIBLE;
        if (aboutRequester(context, purpose).compareTo(needed) < 0) {
            return Saying.NOTHING;
        }
        if (aboutResource(consent.base(), data).compareTo(needed) < 0) {
            return permitting ? new Saying('I', Set.of(), false) : Saying.NOTHING;
        }
        return permitting
                ? new Saying('P', Set.of(data), false)
                : new Saying('D', Set.of(data), context.purposes().contains(PurposeOfUse.BTG));
    }

    private @Nullable Saying sayAll(List<Provision> siblings, @Nullable PurposeOfUse purpose) {
        var permits = new HashSet<ResourceCriteria>();
        Saying denial = null;
        for (var provision : siblings) {
            var saying = say(provision, purpose);
            if (saying != null && saying.letter() == 'D') {
                denial = denial == null || (saying.noToGlass() && !denial.noToGlass()) ? saying : denial;
            } else if (saying != null) {
                permits.addAll(saying.by());
            }
        }
        return denial != null || permits.isEmpty() ? denial : new Saying('P', permits, false);
    }

    /** Null where the provision does not matter. */
    private @Nullable Saying say(Provision provision, @Nullable PurposeOfUse purpose) {
        var data = (ResourceCriteria) provision.resource();
        var deny = new Saying('D', Set.of(data), purposesOf(provision).contains(PurposeOfUse.BTG));
        var truth = truthOf(provision, purpose);
        if (truth == Truth.FALSE) {
            return null;
        }
        var exceptions = sayAll(provision.provisions(), purpose);
        if (truth == Truth.CERTAIN) {
            var itself = provision.effect() == Effect.DENY ? deny : new Saying('P', Set.of(data), false);
            return exceptions == null ? itself : exceptions;
        }
        var denial = exceptions != null && exceptions.letter() == 'D' ? exceptions : null;
        if (provision.effect() == Effect.PERMIT) {
            return denial;
        }
        return denial != null && denial.noToGlass() && !deny.noToGlass() ? denial : deny;
    }

    private Truth truthOf(Provision provision, @Nullable PurposeOfUse purpose) {
        return all(List.of(
                aboutRequester((RequesterCriteria) provision.requester(), purpose),
                aboutResource(provision.effect(), (ResourceCriteria) provision.resource())));
    }

    private static List<PurposeOfUse> purposesOf(Provision provision) {
        return ((RequesterCriteria) provision.requester()).purposes();
    }

    private Truth aboutRequester(RequesterCriteria criteria, @Nullable PurposeOfUse purpose) {
        var requester = request.requester();
        var names = new HashSet<>(requester.organizations());
        names.addAll(requester.memberships());
        names.add("Device/" + requester.clientId());
        if (requester.user() != null) {
            names.add(requester.user());
        }
        return all(List.of(
                truth(criteria.period().contains(request.at())),
                holds(criteria.recipients(), names),
                aboutPurpose(criteria.purposes(), purpose),
                holds(criteria.actions(), Set.of(request.action()))));
    }

    private static Truth aboutPurpose(Collection<PurposeOfUse> wanted, @Nullable PurposeOfUse purpose) {
        if (wanted.isEmpty()) {
            return Truth.CERTAIN;
        }
        return purpose == null ? Truth.POSSIBLE : truth(wanted.stream().anyMatch(purpose::isWithin));
    }

    private Truth aboutResource(Effect effect, ResourceCriteria criteria) {
        var origins = new HashSet<>(facts.origin().organizations());
        origins.addAll(facts.origin().authors());
        var codes = new HashSet<>(facts.codes());
        facts.codes().forEach(code -> codes.add(new Coding("", code.code())));
        return all(List.of(
                holds(criteria.origins(), origins),
                aboutClass(criteria.classes()),
                criteria.codes().valueSets().isEmpty()
                        ? holds(criteria.codes().codes(), codes)
                        : truth(criteria.codes().codes().stream().anyMatch(codes::contains)),
                truth(criteria.data().isEmpty() || criteria.data().stream().anyMatch(this::belongs)),
                aboutLabels(effect, criteria.labels()),
                aboutDates(criteria)));
    }

    private Truth aboutClass(ResourceCriteria.DataClasses classes) {
        var any = classes.types().isEmpty()
                && classes.profiles().isEmpty()
                && classes.documents().isEmpty();
        return truth(any
                || classes.types().contains(facts.type())
                || classes.profiles().stream().anyMatch(facts.profiles()::contains)
                || classes.documents().stream().anyMatch(facts.documentTypes()::contains));
    }

    private boolean belongs(DataReference data) {
        var name = data.reference();
        if (data.meaning() == DataReference.Meaning.AUTHOREDBY) {
            return facts.origin().authors().contains(name)
                    || facts.origin().organizations().contains(name);
        }
        return name.equals(facts.type() + "/" + facts.id())
                || (data.meaning() == DataReference.Meaning.DEPENDENTS
                        && facts.references().contains(name));
    }

    private Truth aboutLabels(Effect effect, LabelCriteria criteria) {
        var levels = criteria.levels();
        if (criteria.sensitivities().isEmpty() && levels.isEmpty()) {
            return Truth.CERTAIN;
        }
        var touched = facts.sensitivities().stream()
                .anyMatch(label -> criteria.sensitivities().stream().anyMatch(named -> related(named, label)));
        if (effect == Effect.DENY) {
            return truth(touched || levels.stream().anyMatch(level -> level.compareTo(facts.confidentiality()) <= 0));
        }
        var allNamed = facts.sensitivities().stream()
                .allMatch(label ->
                        criteria.sensitivities().stream().anyMatch(named -> Sensitivity.isWithin(label, named)));
        var low = levels.stream().anyMatch(level -> level.compareTo(facts.confidentiality()) >= 0);
        var certain = levels.isEmpty() ? allNamed && touched : allNamed && low;
        return certain ? Truth.CERTAIN : touched || low ? Truth.POSSIBLE : Truth.FALSE;
    }

    private Truth aboutDates(ResourceCriteria criteria) {
        if (criteria.dataPeriod() == null) {
            return Truth.CERTAIN;
        }
        var dates = facts.dates();
        if (dates == null) {
            return Truth.POSSIBLE;
        }
        if (criteria.dataPeriod().contains(dates)) {
            return Truth.CERTAIN;
        }
        return criteria.dataPeriod().overlaps(dates) ? Truth.POSSIBLE : Truth.FALSE;
    }

    private static <T> Truth holds(Collection<T> wanted, Set<T> given) {
        return truth(wanted.isEmpty() || wanted.stream().anyMatch(given::contains));
    }

    private static Truth truth(boolean value) {
        return value ? Truth.CERTAIN : Truth.FALSE;
    }

    private static Truth all(List<Truth> truths) {
        return Stream.concat(truths.stream(), Stream.of(Truth.CERTAIN))
                .min(naturalOrder())
                .orElseThrow();
    }
}
