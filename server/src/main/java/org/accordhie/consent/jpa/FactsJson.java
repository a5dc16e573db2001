package org.accordhie.consent.jpa;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ElementLabels;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.ResourceFacts.LabelledPart;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.ResourceFacts.Origin;
import org.accordhie.vocabulary.SmallSet;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;

/**
 * Reads facts as {@link RuleJson} writes them, without a mapper: each resource of an answer brings its facts along, and mapping
 * them took a large part of its time. Whatever is not as it was written is an error, and never a fact that is missing.
 */
final class FactsJson {

    private static final JsonFactory JSON = new JsonFactory();

    private static final Set<String> OF_FACTS = Set.of(
            "type",
            "id",
            "version",
            "patients",
            "compartments",
            "codes",
            "documentTypes",
            "profiles",
            "labels",
            "dates",
            "origin",
            "references");

    private static final Set<String> OF_LABELS = Set.of("sensitivities", "confidentiality", "inline");
    private static final Set<String> OF_ELEMENTS = Set.of("sensitivities", "confidentiality");
    private static final Set<String> OF_PARTS = Set.of("labels", "codes", "references");
    private static final Set<String> OF_ORIGINS = Set.of("source", "organizations", "authors");
    private static final Set<String> OF_CODINGS = Set.of("system", "code");
    private static final Set<String> OF_SPANS = Set.of("from", "until");

    private FactsJson() {}

    /** Throws if these are no facts. */
    static ResourceFacts read(String json) {
        try (var parser = JSON.createParser(json)) {
            parser.nextToken();
            var facts = facts(value(parser));
            if (parser.nextToken() != null) {
                throw unlike();
            }
            return facts;
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private static ResourceFacts facts(@Nullable Object json) {
        var facts = Members.of(json, OF_FACTS);
        return new ResourceFacts(
                facts.text("type"),
                facts.text("id"),
                facts.number("version"),
                facts.texts("patients"),
                facts.texts("compartments"),
                facts.codings("codes"),
                facts.codings("documentTypes"),
                facts.texts("profiles"),
                labels(Members.of(facts.get("labels"), OF_LABELS)),
                span(facts.get("dates")),
                origin(Members.of(facts.get("origin"), OF_ORIGINS)),
                facts.texts("references"));
    }

    /** Facts that were stored before elements could be labelled say nothing of them. */
    private static Labels labels(Members labels) {
        var inline = labels.get("inline") == null ? List.of() : labels.list("inline");
        return new Labels(
                labels.texts("sensitivities"),
                labels.confidentiality(),
                inline.stream().map(FactsJson::part).collect(Collectors.toSet()));
    }

    private static LabelledPart part(@Nullable Object json) {
        var part = Members.of(json, OF_PARTS);
        var labels = Members.of(part.get("labels"), OF_ELEMENTS);
        return new LabelledPart(
                new ElementLabels(labels.texts("sensitivities"), labels.confidentiality()),
                part.codings("codes"),
                part.texts("references"));
    }

    private static Origin origin(Members origin) {
        return new Origin(origin.text("source"), origin.texts("organizations"), origin.texts("authors"));
    }

    private static @Nullable TimeSpan span(@Nullable Object json) {
        if (json == null) {
            return null;
        }
        var span = Members.of(json, OF_SPANS);
        return new TimeSpan(instant(span.get("from")), instant(span.get("until")));
    }

    private static @Nullable Instant instant(@Nullable Object json) {
        return json == null ? null : Instant.parse(required(json, String.class));
    }

    /** An object's members, all of which are known. */
    private record Members(Json values) {

        static Members of(@Nullable Object json, Set<String> known) {
            var values = required(json, Json.class);
            if (!known.containsAll(values.keySet())) {
                throw unlike();
            }
            return new Members(values);
        }

        @Nullable
        Object get(String name) {
            return values.get(name);
        }

        String text(String name) {
            return required(get(name), String.class);
        }

        long number(String name) {
            return required(get(name), Long.class);
        }

        List<?> list(String name) {
            return required(get(name), List.class);
        }

        Set<String> texts(String name) {
            return SmallSet.of(list(name).stream()
                    .map(each -> required(each, String.class))
                    .toList());
        }

        Set<Coding> codings(String name) {
            return SmallSet.of(list(name).stream().map(Members::coding).toList(), Coding.ORDER);
        }

        Confidentiality confidentiality() {
            return Confidentiality.ofCode(text("confidentiality")).orElseThrow(FactsJson::unlike);
        }

        private static Coding coding(@Nullable Object json) {
            var coding = of(json, OF_CODINGS);
            return new Coding(coding.text("system"), coding.text("code"));
        }
    }

    /** An object as it comes. */
    private static final class Json extends HashMap<String, @Nullable Object> {

        private static final long serialVersionUID = 1L;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (Objects.requireNonNullElse(parser.currentToken(), JsonToken.NOT_AVAILABLE)) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NULL -> null;
            default -> throw unlike();
        };
    }

    private static Json object(JsonParser parser) throws IOException {
        var members = new Json();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        var elements = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return elements;
    }

    private static <T> T required(@Nullable Object json, Class<T> type) {
        if (!type.isInstance(json)) {
            throw unlike();
        }
        return type.cast(json);
    }

    private static IllegalArgumentException unlike() {
        return new IllegalArgumentException("stored facts are not as they were written");
    }
}
