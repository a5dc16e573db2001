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
import org.accordhie.consent.ResourceCriteria.DataClasses;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.ResourceFacts.Origin;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;

/** Consents, requests and resources made from a seed, over an alphabet so small that they meet. */
final class Some {

    static final List<String> PATIENTS = List.of("Patient/ann", "Patient/bob");

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> CLINICS = List.of("Organization/clinic", "Organization/lab");
    private static final List<String> RECIPIENTS = List.of(
            "Organization/clinic",
            "Organization/lab",
            "Organization/net",
            "Practitioner/kim",
            "Device/app",
            "CareTeam/ward");
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
    private static final List<String> SENSITIVITIES = List.of("ETH", "SUD", "ETHUD", "SPI", "PSY");
    private static final List<String> PROFILES = List.of("https://example.org/vital", "https://example.org/lab");

    private final Random random;

    Some(long seed) {
        random = new Random(seed);
    }

    AccessRequest request() {
        var requester = requester();
        var emergency = requester.purposes().contains(PurposeOfUse.BTG) && maybe(2);
        return new AccessRequest(
                requester,
                one(List.of("access", "access", "disclose")),
                instant(),
                emergency ? new BreakGlass(one(PATIENTS), "unconscious") : null);
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
                maybe(4) ? Set.of("CareTeam/ward") : Set.of(),
                maybe(8) ? EnumSet.of(ExchangeRole.PRIVACY_OFFICER) : EnumSet.noneOf(ExchangeRole.class),
                Set.copyOf(several(PURPOSES, one(List.of(0, 1, 1, 1, 1, 2)))));
    }

    ResourceFacts facts() {
        var type = one(TYPES);
        var patients = type.equals("Organization") ? Set.<String>of() : someOf(PATIENTS, one(List.of(1, 1, 1, 2, 0)));
        var codes = someOf(CODES, random.nextInt(3));
        return new ResourceFacts(
                type,
                one(List.of("1", "2")),
                1,
                patients,
                patients,
                codes,
                maybe(3) ? codes : Set.of(),
                someOf(PROFILES, random.nextInt(2)),
                new Labels(someOf(SENSITIVITIES, one(List.of(0, 0, 1, 2))), one(List.of(Confidentiality.values()))),
                maybe(3) ? null : span(),
                origin(),
                maybe(3) ? Set.of("Encounter/2") : Set.of());
    }

    private Origin origin() {
        var source = one(List.of("Organization/clinic", "Organization/hospital", "Organization/hospital", ""));
        var organizations = new HashSet<>(source.isEmpty() ? Set.<String>of() : Set.of(source));
        if (!source.isEmpty() && maybe(3)) {
            organizations.add("Organization/net");
        }
        return new Origin(source, organizations, maybe(3) ? Set.of("Practitioner/kim") : Set.of());
    }

    Map<String, List<ConsentPolicy>> consents() {
        var consents = new HashMap<String, List<ConsentPolicy>>();
        for (var patient : PATIENTS) {
            consents.put(patient, listOf(one(List.of(0, 1, 1, 2, 3)), this::consent));
        }
        return consents;
    }

    ConsentPolicy consent() {
        return maybe(30) ? new ConsentPolicy.Uncomputable("Consent/x", "unreadable") : computable(effect());
    }

    /** A consent that permits nothing, anywhere in it. */
    ConsentPolicy denyingPolicy() {
        return new ConsentPolicy.Computable(
                "Consent/deny",
                period(),
                List.of(),
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
                maybe(6) ? List.of("law") : List.of(),
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
                maybe(6)
                        ? Set.of(one(List.of(
                                "Organization/hospital",
                                "Organization/clinic",
                                "Organization/net",
                                "Practitioner/kim")))
                        : Set.of(),
                classes(),
                maybe(5)
                        ? new DataCodes(Set.of(one(List.of(CODES.get(0), CODES.get(1), new Coding("", "1")))), Set.of())
                        : DataCodes.ANY,
                maybe(3) ? labels() : LabelCriteria.ANY,
                maybe(5) ? span() : null,
                maybe(6) ? Set.of(data()) : Set.of());
    }

    private DataClasses classes() {
        return new DataClasses(
                maybe(5) ? someOf(List.of("Observation", "Encounter"), 1 + random.nextInt(2)) : Set.of(),
                maybe(10) ? Set.of(PROFILES.get(0)) : Set.of(),
                maybe(10) ? Set.of(CODES.get(0)) : Set.of());
    }

    private DataReference data() {
        return new DataReference(
                one(List.of(DataReference.Meaning.values())),
                one(List.of("Observation/1", "Encounter/2", "Practitioner/kim", "Organization/net")));
    }

    private LabelCriteria labels() {
        var levels = maybe(2) ? Set.of(one(List.of(Confidentiality.values()))) : Set.<Confidentiality>of();
        return new LabelCriteria(
                someOf(SENSITIVITIES, levels.isEmpty() ? 1 + random.nextInt(2) : random.nextInt(2)), levels);
    }

    /** Rules of law that meet the same alphabet. */
    ReleasePolicy policy() {
        var rules = new ArrayList<>(Packs.US_OPT_OUT.rules());
        for (var count = one(List.of(0, 0, 1, 2)); count > 0; count--) {
            rules.add(hardRule(one(List.of(HardRule.Kind.values()))));
        }
        return new ReleasePolicy(shuffled(rules));
    }

    HardRule hardRule(HardRule.Kind kind) {
        var rule = new ConsentPolicy.Computable(
                "Consent/law",
                period(),
                List.of("law"),
                kind == HardRule.Kind.ALWAYS ? Effect.PERMIT : kind == HardRule.Kind.DEFAULT ? effect() : Effect.DENY,
                requesterCriteria(),
                lawCriteria(),
                kind == HardRule.Kind.REQUIRES_CONSENT ? List.of() : List.of(lawProvision()));
        return new HardRule(kind, "a law", rule);
    }

    private Provision lawProvision() {
        return new Provision("exception", effect(), requesterCriteria(), lawCriteria(), List.of());
    }

    private ResourceCriteria lawCriteria() {
        return new ResourceCriteria(
                Set.of(),
                new DataClasses(maybe(3) ? Set.of("Observation") : Set.of(), Set.of(), Set.of()),
                DataCodes.ANY,
                maybe(2) ? labels() : LabelCriteria.ANY,
                null,
                Set.of());
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
