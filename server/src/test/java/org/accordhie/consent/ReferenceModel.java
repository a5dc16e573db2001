package org.accordhie.consent;

import static java.util.Comparator.naturalOrder;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.ResourceFacts;
import org.jspecify.annotations.Nullable;

/**
 * The consent evaluation rule once more, as plainly as it can be said: every criterion is false, possible or certain; a permit
 * needs certainty, a deny only possibility. Slow, and good for nothing but being agreed with.
 */
final class ReferenceModel {

    private static final Set<String> PART_2 = Set.of("ETH", "ETHUD", "OPIOIDUD", "SUD");
    private static final Set<String> ABOUT_NOBODY =
            Set.of("Organization", "Practitioner", "PractitionerRole", "Location", "Medication");

    private enum Truth {
        FALSE,
        POSSIBLE,
        CERTAIN
    }

    private final AccessRequest request;
    private final ResourceFacts facts;

    /** What one consent says, with the sensitivities it says yes to by name. */
    private record Saying(char letter, Set<String> named) {}

    private ReferenceModel(AccessRequest request, ResourceFacts facts) {
        this.request = request;
        this.facts = facts;
    }

    static boolean permits(
            AccessRequest request, ResourceFacts facts, Map<String, ? extends Collection<ConsentPolicy>> consents) {
        var model = new ReferenceModel(request, facts);
        return model.byHardRule().orElseGet(() -> model.everyPatientPermits(consents));
    }

    private Optional<Boolean> byHardRule() {
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
        if (facts.type().equals("Patient") && officer) {
            return Optional.of(true);
        }
        var tellsAnIllness =
                facts.type().equals("Medication") && !facts.sensitivities().isEmpty();
        return facts.patients().isEmpty()
                ? Optional.of(ABOUT_NOBODY.contains(facts.type()) && !tellsAnIllness)
                : Optional.empty();
    }

    private boolean everyPatientPermits(Map<String, ? extends Collection<ConsentPolicy>> consents) {
        for (var patient : facts.patients()) {
            Collection<ConsentPolicy> theirs = consents.containsKey(patient) ? consents.get(patient) : List.of();
            if (request.requester().purposes().isEmpty() && !onePatientPermits(theirs, null)) {
                return false;
            }
            for (var purpose : request.requester().purposes()) {
                if (!onePatientPermits(theirs, purpose)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean onePatientPermits(Collection<ConsentPolicy> consents, @Nullable PurposeOfUse purpose) {
        var letters = new HashSet<Character>();
        var named = new HashSet<String>();
        for (var consent : consents) {
            var saying = say(consent, purpose);
            letters.add(saying.letter());
            named.addAll(saying.named());
        }
        if (letters.contains('X') || letters.contains('D')) {
            return false;
        }
        if (!letters.contains('P') && letters.contains('I')) {
            return false;
        }
        for (var sensitivity : facts.sensitivities()) {
            if (PART_2.contains(sensitivity) && !named.contains(sensitivity)) {
                return false;
            }
        }
        return letters.contains('P') || byDefault(purpose);
    }

    private boolean byDefault(@Nullable PurposeOfUse purpose) {
        if (purpose == null) {
            return false;
        }
        if (purpose.isWithin(PurposeOfUse.TREAT)) {
            return facts.confidentiality() != Confidentiality.V;
        }
        var office = purpose.isWithin(PurposeOfUse.HPAYMT) || purpose.isWithin(PurposeOfUse.HOPERAT);
        return office && !EnumSet.of(Confidentiality.R, Confidentiality.V).contains(facts.confidentiality());
    }

    private Saying say(ConsentPolicy policy, @Nullable PurposeOfUse purpose) {
        if (!(policy instanceof Computable consent)) {
            return new Saying('X', Set.of());
        }
        if (!consent.validity().contains(request.at())) {
            return new Saying('N', Set.of());
        }
        var exceptions = sayAll(consent.provisions(), purpose);
        if (exceptions != null) {
            return exceptions;
        }
        var permitting = consent.base() == Effect.PERMIT;
        var needed = permitting ? Truth.CERTAIN : Truth.POSSIBLE;
        if (aboutRequester(consent.requester(), purpose).compareTo(needed) < 0) {
            return new Saying('N', Set.of());
        }
        if (aboutResource(consent.base(), consent.resource()).compareTo(needed) < 0) {
            return new Saying(permitting ? 'I' : 'N', Set.of());
        }
        return permitting ? new Saying('P', named(consent.resource())) : new Saying('D', Set.of());
    }

    private @Nullable Saying sayAll(List<Provision> siblings, @Nullable PurposeOfUse purpose) {
        var permitted = false;
        var named = new HashSet<String>();
        for (var provision : siblings) {
            var saying = say(provision, purpose);
            if (saying != null && saying.letter() == 'D') {
                return saying;
            }
            if (saying != null) {
                permitted = true;
                named.addAll(saying.named());
            }
        }
        return permitted ? new Saying('P', named) : null;
    }

    /** Null where the provision does not matter. */
    private @Nullable Saying say(Provision provision, @Nullable PurposeOfUse purpose) {
        var deny = new Saying('D', Set.of());
        var truth = all(List.of(
                aboutRequester(provision.requester(), purpose),
                aboutResource(provision.effect(), provision.resource())));
        if (truth == Truth.FALSE) {
            return null;
        }
        var exceptions = sayAll(provision.provisions(), purpose);
        if (truth == Truth.POSSIBLE) {
            return provision.effect() == Effect.DENY || deny.equals(exceptions) ? deny : null;
        }
        if (exceptions != null) {
            return exceptions;
        }
        return provision.effect() == Effect.DENY ? deny : new Saying('P', named(provision.resource()));
    }

    private Set<String> named(ResourceCriteria criteria) {
        var named = new HashSet<>(facts.sensitivities());
        named.retainAll(sensitivitiesOf(criteria));
        return named;
    }

    private Truth aboutRequester(RequesterCriteria criteria, @Nullable PurposeOfUse purpose) {
        var requester = request.requester();
        var names = new HashSet<>(requester.organizations());
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
        var classes = new HashSet<>(facts.profiles());
        classes.add(facts.type());
        var codes = new HashSet<>(facts.codes());
        facts.codes().forEach(code -> codes.add(new Coding("", code.code())));
        return all(List.of(
                holds(criteria.origins(), Set.of(facts.source())),
                holds(criteria.classes(), classes),
                holds(criteria.codes(), codes),
                holds(criteria.instances(), Set.of(facts.reference())),
                aboutLabels(effect, criteria),
                aboutDates(criteria)));
    }

    private Truth aboutLabels(Effect effect, ResourceCriteria criteria) {
        if (criteria.labels().isEmpty()) {
            return Truth.CERTAIN;
        }
        var sensitivities = sensitivitiesOf(criteria);
        var levels = levelsOf(criteria);
        var anySensitivity = facts.sensitivities().stream().anyMatch(sensitivities::contains);
        if (effect == Effect.DENY) {
            return truth(
                    anySensitivity || levels.stream().anyMatch(level -> level.compareTo(facts.confidentiality()) <= 0));
        }
        var low = levels.stream().anyMatch(level -> level.compareTo(facts.confidentiality()) >= 0);
        var certain = sensitivities.containsAll(facts.sensitivities())
                && (sensitivities.isEmpty() || anySensitivity)
                && (levels.isEmpty() || low);
        return certain ? Truth.CERTAIN : anySensitivity || low ? Truth.POSSIBLE : Truth.FALSE;
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

    private static Set<String> sensitivitiesOf(ResourceCriteria criteria) {
        var codes = new HashSet<String>();
        criteria.labels().stream()
                .filter(label -> !label.system().equals(Confidentiality.SYSTEM))
                .forEach(label -> codes.add(label.code()));
        return codes;
    }

    private static List<Confidentiality> levelsOf(ResourceCriteria criteria) {
        var levels = new ArrayList<Confidentiality>();
        criteria.labels().stream()
                .filter(label -> label.system().equals(Confidentiality.SYSTEM))
                .forEach(label -> levels.add(Confidentiality.valueOf(label.code())));
        return levels;
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
