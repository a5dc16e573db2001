package org.accordhie.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.accordhie.consent.HardRule.Kind;
import org.accordhie.consent.ResourceCriteria.DataClasses;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.ResourceFacts.Origin;
import org.accordhie.vocabulary.Sensitivity;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;

/** Rules that a token has words for, mostly, made from a seed, and every kind of resource they can tell apart. */
final class PlainWorld {

    static final String ANN = "Patient/ann";

    private static final TimeSpan YEAR =
            new TimeSpan(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-12-31T00:00:00Z"));
    private static final TimeSpan WITHIN = day("2026-05-01T00:00:00Z");
    private static final TimeSpan BEFORE = day("2020-05-01T00:00:00Z");

    private final Random random;

    PlainWorld(long seed) {
        // Neighbouring seeds begin alike.
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    private static TimeSpan day(String instant) {
        return new TimeSpan(Instant.parse(instant), Instant.parse(instant));
    }

    static AccessRequest request() {
        var clinic = "Organization/clinic";
        var requester = new Requester(
                "app", "", clinic, Set.of(clinic), null, null, Set.of(), Set.of(), Set.of(PurposeOfUse.TREAT));
        return new AccessRequest(requester, AccessRequest.ACCESS, Instant.parse("2026-06-01T00:00:00Z"));
    }

    static List<ResourceFacts> everyKind() {
        var facts = new ArrayList<ResourceFacts>();
        for (var sensitivities : List.of(Set.<String>of(), Set.of("ETH"), Set.of("PSY"), Set.of("ETH", "PSY"))) {
            for (var level : List.of(Confidentiality.N, Confidentiality.R, Confidentiality.V)) {
                for (var author : List.of("Practitioner/kim", "Practitioner/lee")) {
                    facts.add(facts(sensitivities, level, WITHIN, author));
                    facts.add(facts(sensitivities, level, BEFORE, author));
                    facts.add(facts(sensitivities, level, null, author));
                }
            }
        }
        return facts;
    }

    private static ResourceFacts facts(
            Set<String> sensitivities, Confidentiality level, @Nullable TimeSpan dates, String author) {
        return new ResourceFacts(
                "Observation",
                "1",
                1,
                Set.of(ANN),
                Set.of(ANN),
                Set.of(new Coding("loinc", "1")),
                Set.of(),
                Set.of(),
                new Labels(sensitivities, level),
                dates,
                new Origin("Organization/hospital", Set.of("Organization/hospital"), Set.of(author)),
                Set.of("Encounter/1"));
    }

    List<ConsentPolicy> consents() {
        var consents = new ArrayList<ConsentPolicy>();
        for (var count = one(0, 1, 1, 1, 2); count > 0; count--) {
            var effect = one(Effect.PERMIT, Effect.DENY);
            consents.add(rule(
                    effect, maybe(3) ? criteria() : ResourceCriteria.ANYTHING, provisions(), maybe(8) ? "law" : ""));
        }
        return consents;
    }

    private List<Provision> provisions() {
        var provisions = new ArrayList<Provision>();
        for (var count = one(0, 0, 1, 1, 2); count > 0; count--) {
            var inner = maybe(6) ? List.of(provision(List.of())) : List.<Provision>of();
            provisions.add(provision(inner));
        }
        return provisions;
    }

    private Provision provision(List<Provision> inner) {
        return new Provision(
                "p", one(Effect.PERMIT, Effect.PERMIT, Effect.DENY), RequesterCriteria.ANYBODY, criteria(), inner);
    }

    private ResourceCriteria criteria() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> labels(Set.of("ETH"));
            case 2 -> labels(Set.of("PSY"));
            case 3 -> labels(Set.of("ETH", "PSY"));
            case 4 -> labels(Set.of(), Confidentiality.R);
            case 5 -> labels(Set.of(), Confidentiality.N);
            case 6 -> labels(Set.of("ETH"), Confidentiality.R);
            case 7 -> of(Set.of(), DataClasses.ANY, LabelCriteria.ANY, YEAR, Set.of());
            case 8 -> of(Set.of("Practitioner/kim"), DataClasses.ANY, LabelCriteria.ANY, null, Set.of());
            case 9 ->
                of(
                        Set.of("Practitioner/kim"),
                        DataClasses.ANY,
                        LabelCriteria.ANY,
                        null,
                        Set.of(new DataReference(DataReference.Meaning.DEPENDENTS, "Encounter/1")));
            case 10 ->
                of(
                        Set.of(),
                        new DataClasses(Set.of("Observation"), Set.of(), Set.of()),
                        LabelCriteria.ANY,
                        null,
                        Set.of());
            default -> of(Set.of(), DataClasses.ANY, new LabelCriteria(Set.of("ETH"), Set.of()), YEAR, Set.of());
        };
    }

    ReleasePolicy policy() {
        var rules = new ArrayList<HardRule>();
        defaults().forEach(rule -> rules.add(new HardRule(Kind.DEFAULT, "default", rule)));
        for (var asked : required()) {
            rules.add(new HardRule(Kind.REQUIRES_CONSENT, "requires", rule(Effect.DENY, asked, List.of(), "law")));
        }
        if (maybe(6)) {
            rules.add(new HardRule(Kind.NEVER, "never", rule(Effect.DENY, criteria(), List.of(), "")));
        }
        if (maybe(8)) {
            rules.add(new HardRule(Kind.ALWAYS, "always", rule(Effect.PERMIT, labels(Set.of("ETH")), List.of(), "")));
        }
        return new ReleasePolicy(rules);
    }

    private List<ConsentPolicy.Computable> defaults() {
        return switch (random.nextInt(8)) {
            case 0 -> List.of();
            case 1 -> List.of(rule(Effect.PERMIT, ResourceCriteria.ANYTHING, List.of(), ""));
            case 2 -> List.of(rule(Effect.PERMIT, ResourceCriteria.ANYTHING, provisions(), ""));
            case 3 -> List.of(rule(Effect.DENY, ResourceCriteria.ANYTHING, List.of(), ""));
            case 4 -> List.of(upTo(Confidentiality.R), upTo(Confidentiality.N));
            case 5 -> List.of(rule(Effect.DENY, ResourceCriteria.ANYTHING, provisions(), ""));
            case 6 -> List.of(upTo(Confidentiality.V));
            default -> List.of(upTo(one(Confidentiality.N, Confidentiality.R)));
        };
    }

    private ConsentPolicy.Computable upTo(Confidentiality level) {
        var all = new Provision(
                "p", Effect.PERMIT, RequesterCriteria.ANYBODY, labels(Set.of(Sensitivity.ANY), level), List.of());
        var also = maybe(3) ? List.of(all, provision(List.of())) : List.of(all);
        return rule(Effect.DENY, ResourceCriteria.ANYTHING, also, "");
    }

    private List<ResourceCriteria> required() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> List.of();
            case 2 -> List.of(labels(Set.of("ETH")));
            case 3 -> List.of(labels(Set.of("ETH")), labels(Set.of("PSY")));
            case 4 -> List.of(labels(Set.of(), Confidentiality.R));
            default -> List.of(maybe(2) ? ResourceCriteria.ANYTHING : labels(Set.of("ETH"), Confidentiality.V));
        };
    }

    private static ConsentPolicy.Computable rule(
            Effect effect, ResourceCriteria data, List<Provision> provisions, String law) {
        return new ConsentPolicy.Computable(
                "Consent/1",
                TimeSpan.ALWAYS,
                law.isEmpty() ? List.of() : List.of(law),
                effect,
                RequesterCriteria.ANYBODY,
                data,
                provisions);
    }

    private static ResourceCriteria labels(Set<String> sensitivities, Confidentiality... levels) {
        return of(Set.of(), DataClasses.ANY, new LabelCriteria(sensitivities, Set.of(levels)), null, Set.of());
    }

    private static ResourceCriteria of(
            Set<String> origins,
            DataClasses classes,
            LabelCriteria labels,
            @Nullable TimeSpan period,
            Set<DataReference> data) {
        return new ResourceCriteria(origins, classes, DataCodes.ANY, labels, period, data);
    }

    private boolean maybe(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    @SafeVarargs
    private <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }
}
