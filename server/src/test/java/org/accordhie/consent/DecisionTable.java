package org.accordhie.consent;

import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.ResourceCriteria.DataClasses;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ElementLabels;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.ResourceFacts.LabelledPart;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.ResourceFacts.Origin;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads {@code decisions.yaml}; its first lines say how a row is written. A key that is not known there fails. */
final class DecisionTable {

    private static final String ANN = "Patient/ann";

    /** One row. */
    record Row(
            String title,
            ReleasePolicy policy,
            Map<String, List<ConsentPolicy>> consents,
            AccessRequest request,
            ResourceFacts facts,
            Effect effect,
            String rule,
            @Nullable String path,
            Set<String> redacted) {}

    private DecisionTable() {}

    static List<Row> rows() {
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        try (InputStream file =
                Objects.requireNonNull(DecisionTable.class.getResourceAsStream("decisions.yaml"), "decisions.yaml")) {
            List<Object> rows = yaml.load(file);
            return rows.stream().map(row -> row(new Entry(row))).toList();
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private static Row row(Entry row) {
        var title = row.text("title", "");
        var expected = row.texts("expect");
        var read = new Row(
                title,
                policy(row),
                consents(row.list("consents")),
                question(row.entry("question")),
                resource(row.entry("resource")),
                Effect.valueOf(expected.get(0).toUpperCase(Locale.ROOT)),
                expected.get(1),
                row.has("path") ? row.text("path", "") : null,
                row.set("redacted"));
        row.end(title);
        return read;
    }

    private static ReleasePolicy policy(Entry row) {
        var pack = row.text("pack", "us-opt-out").equals("none") ? List.<HardRule>of() : Packs.US_OPT_OUT.rules();
        var rules = new ArrayList<>(pack);
        row.list("laws").forEach(law -> rules.add(law(law)));
        return new ReleasePolicy(rules);
    }

    private static HardRule law(Entry entry) {
        var kind = HardRule.Kind.valueOf(entry.text("kind", ""));
        var title = entry.text("title", "");
        var rule = computable(entry, "Consent/law/_history/1");
        entry.end(title);
        return new HardRule(kind, title, rule);
    }

    private static Map<String, List<ConsentPolicy>> consents(List<Entry> entries) {
        var consents = new HashMap<String, List<ConsentPolicy>>();
        for (var entry : entries) {
            consents.computeIfAbsent(entry.text("patient", ANN), any -> new ArrayList<>())
                    .add(consent(entry));
        }
        return consents;
    }

    private static ConsentPolicy consent(Entry entry) {
        var uncomputable = entry.text("uncomputable", "");
        var policy = uncomputable.isEmpty()
                ? computable(entry, "Consent/1/_history/1")
                : new ConsentPolicy.Uncomputable("Consent/1/_history/1", uncomputable);
        entry.end("consent");
        return policy;
    }

    private static Computable computable(Entry entry, String id) {
        return new Computable(
                id,
                entry.span("validity", TimeSpan.ALWAYS),
                entry.texts("bases"),
                effect(entry, "base"),
                requesterCriteria(entry),
                resourceCriteria(entry),
                provisions(entry, "Consent.provision"));
    }

    private static List<Provision> provisions(Entry parent, String path) {
        var entries = parent.list("provisions");
        return IntStream.range(0, entries.size())
                .mapToObj(index -> provision(entries.get(index), path + ".provision[" + index + "]"))
                .toList();
    }

    private static Provision provision(Entry entry, String path) {
        var provision = new Provision(
                path,
                effect(entry, "type"),
                requesterCriteria(entry),
                resourceCriteria(entry),
                provisions(entry, path));
        entry.end(path);
        return provision;
    }

    private static RequesterCriteria requesterCriteria(Entry entry) {
        return new RequesterCriteria(
                entry.span("period", TimeSpan.ALWAYS),
                entry.texts("recipients"),
                entry.each("purposes", PurposeOfUse::valueOf),
                entry.texts("actions"));
    }

    private static ResourceCriteria resourceCriteria(Entry entry) {
        return new ResourceCriteria(
                entry.set("origins"),
                new DataClasses(
                        entry.set("types"),
                        entry.set("profiles"),
                        Set.copyOf(entry.each("documents", DecisionTable::coding))),
                new DataCodes(Set.copyOf(entry.each("codes", DecisionTable::coding)), entry.set("valueSets")),
                labels(entry.texts("labels")),
                entry.has("dataPeriod") ? entry.span("dataPeriod", TimeSpan.ALWAYS) : null,
                data(entry));
    }

    private static LabelCriteria labels(List<String> codes) {
        return new LabelCriteria(
                codes.stream()
                        .filter(code -> Confidentiality.ofCode(code).isEmpty())
                        .collect(Collectors.toSet()),
                codes.stream()
                        .flatMap(code -> Confidentiality.ofCode(code).stream())
                        .collect(Collectors.toSet()));
    }

    private static Set<DataReference> data(Entry entry) {
        return Arrays.stream(DataReference.Meaning.values())
                .flatMap(meaning -> entry.texts(meaning.name().toLowerCase(Locale.ROOT)).stream()
                        .map(reference -> new DataReference(meaning, reference)))
                .collect(Collectors.toSet());
    }

    private static Effect effect(Entry entry, String key) {
        return Effect.valueOf(entry.text(key, "").toUpperCase(Locale.ROOT));
    }

    private static AccessRequest question(Entry entry) {
        var organization = entry.text("organization", "Organization/clinic");
        var organizations = new HashSet<>(entry.set("above"));
        organizations.add(organization);
        var requester = new Requester(
                entry.text("client", "app"),
                "",
                organization,
                organizations,
                entry.has("user") ? entry.text("user", "") : null,
                entry.has("patient") ? entry.text("patient", "") : null,
                entry.set("memberships"),
                Set.copyOf(entry.each("roles", ExchangeRole::valueOf)),
                entry.has("purposes")
                        ? Set.copyOf(entry.each("purposes", PurposeOfUse::valueOf))
                        : Set.of(PurposeOfUse.TREAT));
        var request = new AccessRequest(
                requester,
                entry.text("action", AccessRequest.ACCESS),
                Instant.parse(entry.text("at", "2026-03-01T12:00:00Z")),
                entry.has("breakGlass") ? new BreakGlass(entry.text("breakGlass", ""), "unconscious") : null);
        entry.end("question");
        return request;
    }

    private static ResourceFacts resource(Entry entry) {
        var patients = entry.has("patients") ? entry.set("patients") : Set.of(ANN);
        var source = entry.text("source", "Organization/hospital");
        var organizations = new HashSet<>(entry.set("sourceAbove"));
        organizations.add(source);
        var documents = Set.copyOf(entry.each("documents", DecisionTable::coding));
        var facts = new ResourceFacts(
                entry.text("type", "Observation"),
                entry.text("id", "1"),
                1,
                patients,
                entry.has("compartments") ? entry.set("compartments") : patients,
                Set.copyOf(entry.each("codes", DecisionTable::coding)),
                documents,
                entry.set("profiles"),
                new Labels(
                        entry.set("sensitivities"),
                        Confidentiality.valueOf(entry.text("confidentiality", "N")),
                        Set.copyOf(entry.each("elements", DecisionTable::labelled))),
                entry.has("dates") ? entry.span("dates", TimeSpan.ALWAYS) : null,
                new Origin(source, source.isEmpty() ? Set.of() : organizations, entry.set("authors")),
                entry.set("references"));
        entry.end("resource");
        return facts;
    }

    /** Labels, and behind a slash what an element so labelled says: codes, and references. */
    private static LabelledPart labelled(String text) {
        var said = text.split("/", 2);
        var content = said.length == 1 ? List.<String>of() : List.of(said[1].split(" ", -1));
        return new LabelledPart(
                labels(said[0]),
                content.stream()
                        .filter(each -> each.contains("|"))
                        .map(DecisionTable::coding)
                        .collect(Collectors.toSet()),
                content.stream().filter(each -> !each.contains("|")).collect(Collectors.toSet()));
    }

    /** Sensitivities and levels, as {@code ETH+V}. */
    static ElementLabels labels(String text) {
        var sensitivities = new HashSet<String>();
        var level = Confidentiality.U;
        for (var label : text.split("[+]", -1)) {
            var named = Confidentiality.ofCode(label);
            named.ifPresentOrElse(any -> {}, () -> sensitivities.add(label));
            level = named.orElse(level);
        }
        return new ElementLabels(sensitivities, level);
    }

    private static Coding coding(String text) {
        var bar = text.indexOf('|');
        return new Coding(text.substring(0, bar), text.substring(bar + 1));
    }
}
