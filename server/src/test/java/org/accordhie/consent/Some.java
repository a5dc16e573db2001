package org.accordhie.consent;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.SecurityLabel;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;

/** Consents, requests and resources made from a seed, over an alphabet so small that they meet. */
final class Some {

    static final List<String> PATIENTS = List.of("Patient/ann", "Patient/bob");

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> CLINICS = List.of("Organization/clinic", "Organization/lab");
    private static final List<String> RECIPIENTS =
            List.of("Organization/clinic", "Organization/lab", "Organization/net", "Practitioner/kim", "Device/app");
    private static final List<PurposeOfUse> PURPOSES = List.of(
            PurposeOfUse.TREAT,
            PurposeOfUse.ETREAT,
            PurposeOfUse.BTG,
            PurposeOfUse.HPAYMT,
            PurposeOfUse.COVERAGE,
            PurposeOfUse.HRESCH);
    private static final List<String> TYPES =
            List.of("Observation", "Observation", "Observation", "Encounter", "Patient", "Consent", "Organization");
    private static final List<Coding> CODES =
            List.of(new Coding("loinc", "1"), new Coding("loinc", "2"), new Coding("local", "1"));
    private static final List<String> SENSITIVITIES = List.of("ETH", "SUD", "PSY");
    private static final List<String> PROFILES = List.of("https://example.org/vital", "https://example.org/lab");

    private final Random random;

    Some(long seed) {
        random = new Random(seed);
    }

    AccessRequest request() {
        return new AccessRequest(requester(), one(List.of("access", "access", "disclose")), instant());
    }

    Requester requester() {
        var organization = one(CLINICS);
        var organizations = maybe(3) ? Set.of(organization) : Set.of(organization, "Organization/net");
        return new Requester(
                one(List.of("app", "portal")),
                "",
                organization,
                organizations,
                maybe(3) ? one(List.of("Practitioner/kim", "Practitioner/lee")) : null,
                maybe(8) ? one(PATIENTS) : null,
                maybe(8) ? EnumSet.of(ExchangeRole.PRIVACY_OFFICER) : EnumSet.noneOf(ExchangeRole.class),
                Set.copyOf(several(PURPOSES, one(List.of(0, 1, 1, 1, 1, 2)))));
    }

    ResourceFacts facts() {
        var type = one(TYPES);
        var patients = type.equals("Organization") ? Set.<String>of() : someOf(PATIENTS, one(List.of(1, 1, 1, 2, 0)));
        return new ResourceFacts(
                type,
                one(List.of("1", "2")),
                1,
                patients,
                patients,
                someOf(CODES, random.nextInt(3)),
                someOf(PROFILES, random.nextInt(2)),
                someOf(SENSITIVITIES, one(List.of(0, 0, 1, 2))),
                one(List.of(Confidentiality.values())),
                maybe(3) ? null : span(),
                one(List.of("Organization/clinic", "Organization/hospital", "Organization/hospital", "")));
    }

    Map<String, List<ConsentPolicy>> consents() {
        var consents = new HashMap<String, List<ConsentPolicy>>();
        for (var patient : PATIENTS) {
            consents.put(patient, listOf(one(List.of(0, 1, 1, 2, 3)), this::policy));
        }
        return consents;
    }

    ConsentPolicy policy() {
        return maybe(30) ? new ConsentPolicy.Uncomputable("Consent/x", "unreadable") : computable(effect());
    }

    /** A consent that permits nothing, anywhere in it. */
    ConsentPolicy denyingPolicy() {
        return new ConsentPolicy.Computable(
                "Consent/deny",
                period(),
                Effect.DENY,
                requesterCriteria(),
                resourceCriteria(),
                listOf(random.nextInt(2), this::denyingProvision));
    }

    /** A provision that permits nothing, anywhere in it. */
    Provision denyingProvision() {
        return new Provision("added", Effect.DENY, requesterCriteria(), resourceCriteria(), List.of());
    }

    private ConsentPolicy computable(Effect base) {
        return new ConsentPolicy.Computable(
                "Consent/" + random.nextInt(100),
                period(),
                base,
                maybe(3) ? requesterCriteria() : RequesterCriteria.ANYBODY,
                maybe(3) ? resourceCriteria() : ResourceCriteria.ANYTHING,
                provisions(3, "Consent.provision"));
    }

    private List<Provision> provisions(int depth, String parent) {
        var provisions = new ArrayList<Provision>();
        for (var count = one(List.of(0, 1, 1, 2)); depth > 0 && count > 0; count--) {
            var path = parent + ".provision[" + provisions.size() + "]";
            provisions.add(new Provision(
                    path, effect(), requesterCriteria(), resourceCriteria(), provisions(depth - 1, path)));
        }
        return provisions;
    }

    RequesterCriteria requesterCriteria() {
        return new RequesterCriteria(
                maybe(6) ? span() : TimeSpan.ALWAYS,
                List.copyOf(someOf(RECIPIENTS, maybe(3) ? 2 : 0)),
                List.copyOf(someOf(PURPOSES, maybe(3) ? 1 + random.nextInt(2) : 0)),
                maybe(8) ? List.of(one(List.of("access", "disclose"))) : List.of());
    }

    ResourceCriteria resourceCriteria() {
        return new ResourceCriteria(
                maybe(6) ? Set.of(one(List.of("Organization/hospital", "Organization/clinic"))) : Set.of(),
                maybe(5) ? someOf(List.of("Observation", "Encounter", PROFILES.get(0)), 2) : Set.of(),
                maybe(5) ? Set.of(one(List.of(CODES.get(0), CODES.get(1), new Coding("", "1")))) : Set.of(),
                maybe(3) ? labels() : Set.of(),
                maybe(5) ? span() : null,
                maybe(10) ? Set.of(one(List.of("Observation/1", "Encounter/2"))) : Set.of());
    }

    private Set<Coding> labels() {
        var labels = new HashSet<Coding>();
        if (maybe(2)) {
            labels.add(new Coding(
                    Confidentiality.SYSTEM,
                    one(List.of(Confidentiality.values())).name()));
        }
        someOf(SENSITIVITIES, labels.isEmpty() ? 1 + random.nextInt(2) : random.nextInt(2))
                .forEach(code -> labels.add(new Coding(SecurityLabel.SENSITIVITY_SYSTEM, code)));
        return labels;
    }

    private TimeSpan period() {
        return maybe(6) ? span() : TimeSpan.ALWAYS;
    }

    TimeSpan span() {
        var from = instant();
        return new TimeSpan(open(from), open(from.plus(random.nextInt(4), ChronoUnit.DAYS)));
    }

    private @Nullable Instant open(Instant instant) {
        return maybe(5) ? null : instant;
    }

    Instant instant() {
        return START.plus(random.nextInt(8), ChronoUnit.DAYS);
    }

    Effect effect() {
        return maybe(2) ? Effect.PERMIT : Effect.DENY;
    }

    /** True once in so many times. */
    boolean maybe(int times) {
        return random.nextInt(times) == 0;
    }

    <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private <T> Set<T> someOf(List<T> values, int count) {
        return Set.copyOf(several(values, count));
    }

    private <T> List<T> several(List<T> values, int count) {
        return shuffled(values).subList(0, count);
    }

    <T> List<T> shuffled(List<T> values) {
        var shuffled = new ArrayList<>(values);
        java.util.Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static <T> List<T> listOf(int count, Supplier<T> supplier) {
        var list = new ArrayList<T>();
        for (var i = 0; i < count; i++) {
            list.add(supplier.get());
        }
        return list;
    }
}
