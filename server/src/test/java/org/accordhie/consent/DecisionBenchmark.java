package org.accordhie.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.accordhie.consent.ResourceCriteria.DataClasses;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.ResourceFacts.Origin;
import org.accordhie.vocabulary.TimeSpan;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What a decision costs: one resource, one patient with twenty active consents of ten provisions, and the shipped rules of law.
 * {@code mvn -Pjmh -pl server test} runs it; {@code docs/proofs.md} says what it must not exceed.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecisionBenchmark {

    private static final int CONSENTS = 20;
    private static final Coding GLUCOSE = new Coding("http://loinc.org", "2345-7");
    private static final Coding HIDDEN = new Coding("http://loinc.org", "5792-7");

    /** The answer; all three are about the same consents. */
    public enum Answer {
        /** Every consent permits. */
        PERMIT,
        /** The last provision of the last consent denies. */
        REFUSAL,
        /** Substance use, which every consent permits by name. */
        PERMIT_BY_NAME
    }

    /** The answer that is measured. */
    @Param
    public Answer answer = Answer.PERMIT;

    private final Rules rules = new Rules(Packs.US_OPT_OUT, Map.of("Patient/ann", consents()));
    private final AccessRequest request = request();
    private ResourceFacts facts = facts(GLUCOSE, Set.of(), Confidentiality.N);

    /** Makes the resource that is answered so, and makes sure of it. */
    @Setup
    public void resource() {
        facts = switch (answer) {
            case PERMIT -> facts(GLUCOSE, Set.of(), Confidentiality.N);
            case REFUSAL -> facts(HIDDEN, Set.of(), Confidentiality.N);
            case PERMIT_BY_NAME -> facts(GLUCOSE, Set.of("ETHUD"), Confidentiality.R);
        };
        if (decide().permits() != (answer != Answer.REFUSAL)) {
            throw new IllegalStateException("not answered as " + answer);
        }
    }

    /** One decision. */
    @Benchmark
    @BenchmarkMode({Mode.SampleTime, Mode.AverageTime})
    public Decision decide() {
        return DecisionPoint.decide(request, facts, rules);
    }

    private static Collection<ConsentPolicy> consents() {
        return IntStream.range(0, CONSENTS).mapToObj(DecisionBenchmark::consent).toList();
    }

    private static ConsentPolicy consent(int number) {
        var provisions = new ArrayList<Provision>();
        add(provisions, Effect.DENY, asking(List.of("Organization/other" + number)), ResourceCriteria.ANYTHING);
        add(
                provisions,
                Effect.DENY,
                asking(List.of(), PurposeOfUse.HRESCH, PurposeOfUse.HMARKT),
                ResourceCriteria.ANYTHING);
        add(provisions, Effect.DENY, asking(List.of("CareTeam/ward", "Device/portal")), labelled("HIV", "PSY"));
        add(provisions, Effect.DENY, asking(List.of("Organization/net")), labelled("SDV"));
        add(provisions, Effect.PERMIT, asking(List.of(), PurposeOfUse.TREAT), labelled("ETH"));
        add(provisions, Effect.PERMIT, asking(List.of("Practitioner/kim"), PurposeOfUse.TREAT), typed("Observation"));
        add(provisions, Effect.DENY, asking(List.of("Organization/clinic")), typed("Condition", "Encounter"));
        add(provisions, Effect.DENY, RequesterCriteria.ANYBODY, dated("2001-01-01T00:00:00Z", "2005-01-01T00:00:00Z"));
        add(provisions, Effect.DENY, RequesterCriteria.ANYBODY, from("Organization/prison" + number));
        add(
                provisions,
                Effect.DENY,
                RequesterCriteria.ANYBODY,
                coded(number == CONSENTS - 1 ? HIDDEN : new Coding("http://loinc.org", "1-" + number)));
        return new ConsentPolicy.Computable(
                "Consent/" + number + "/_history/1",
                new TimeSpan(Instant.parse("2025-01-01T00:00:00Z"), null),
                List.of("https://www.ecfr.gov/current/title-45/section-164.508"),
                Effect.PERMIT,
                RequesterCriteria.ANYBODY,
                ResourceCriteria.ANYTHING,
                provisions);
    }

    private static void add(List<Provision> provisions, Effect effect, RequesterCriteria who, ResourceCriteria what) {
        var path = "Consent.provision.provision[" + provisions.size() + "]";
        provisions.add(new Provision(path, effect, who, what, List.of()));
    }

    private static RequesterCriteria asking(List<String> recipients, PurposeOfUse... purposes) {
        return new RequesterCriteria(TimeSpan.ALWAYS, recipients, List.of(purposes), List.of());
    }

    private static ResourceCriteria labelled(String... sensitivities) {
        var labels = new LabelCriteria(Set.of(sensitivities), Set.of());
        return new ResourceCriteria(Set.of(), DataClasses.ANY, DataCodes.ANY, labels, null, Set.of());
    }

    private static ResourceCriteria typed(String... types) {
        var classes = new DataClasses(Set.of(types), Set.of(), Set.of());
        var labels = new LabelCriteria(Set.of("_InformationSensitivityPolicy"), Set.of(Confidentiality.R));
        return new ResourceCriteria(Set.of(), classes, DataCodes.ANY, labels, null, Set.of());
    }

    private static ResourceCriteria dated(String from, String until) {
        var span = new TimeSpan(Instant.parse(from), Instant.parse(until));
        return new ResourceCriteria(Set.of(), DataClasses.ANY, DataCodes.ANY, LabelCriteria.ANY, span, Set.of());
    }

    private static ResourceCriteria from(String origin) {
        return new ResourceCriteria(Set.of(origin), DataClasses.ANY, DataCodes.ANY, LabelCriteria.ANY, null, Set.of());
    }

    private static ResourceCriteria coded(Coding code) {
        var codes = new DataCodes(Set.of(code), Set.of());
        return new ResourceCriteria(Set.of(), DataClasses.ANY, codes, LabelCriteria.ANY, null, Set.of());
    }

    private static AccessRequest request() {
        var requester = new Requester(
                "portal",
                "",
                "Organization/clinic",
                Set.of("Organization/clinic", "Organization/net"),
                "Practitioner/kim",
                null,
                Set.of("CareTeam/ward"),
                Set.of(),
                Set.of(PurposeOfUse.TREAT));
        return new AccessRequest(requester, AccessRequest.ACCESS, Instant.parse("2026-03-01T12:00:00Z"));
    }

    private static ResourceFacts facts(Coding code, Set<String> sensitivities, Confidentiality confidentiality) {
        var taken = Instant.parse("2025-06-01T08:00:00Z");
        return new ResourceFacts(
                "Observation",
                "1",
                1,
                Set.of("Patient/ann"),
                Set.of("Patient/ann"),
                Set.of(code, new Coding("http://example.org/local", "7")),
                Set.of(),
                Set.of("http://hl7.org/fhir/StructureDefinition/Observation"),
                new Labels(sensitivities, confidentiality),
                new TimeSpan(taken, taken),
                new Origin("Organization/hospital", Set.of("Organization/hospital"), Set.of("Practitioner/lee")),
                Set.of("Encounter/2", "Patient/ann"));
    }

    /** Measures on one thread and prints a line for each answer. */
    public static void main(String[] args) throws RunnerException {
        var seconds = args.length == 0 ? 2 : Integer.parseInt(args[0]);
        var results = new Runner(new OptionsBuilder()
                        .include(DecisionBenchmark.class.getName())
                        .threads(1)
                        .forks(1)
                        .warmupIterations(5)
                        .warmupTime(TimeValue.seconds(seconds))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(seconds))
                        .addProfiler(GCProfiler.class)
                        .jvmArgsAppend("-Xmx512m")
                        .build())
                .run();
        System.out.println("a decision over " + CONSENTS + " consents of 10 provisions, one thread");
        results.forEach(DecisionBenchmark::print);
    }

    private static void print(RunResult result) {
        var time = result.getPrimaryResult();
        var label = result.getParams().getParam("answer");
        if (result.getParams().getMode() == Mode.SampleTime) {
            var sample = time.getStatistics();
            System.out.printf(
                    Locale.ROOT,
                    "%-15s p50 %.2f µs, p99 %.2f µs, of %d decisions%n",
                    label,
                    sample.getPercentile(50),
                    sample.getPercentile(99),
                    sample.getN());
        } else {
            var allocated = Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"), "gc");
            System.out.printf(
                    Locale.ROOT,
                    "%-15s mean %.2f µs, %.0f bytes allocated%n",
                    label,
                    time.getScore(),
                    allocated.getScore());
        }
    }
}
