package org.accordhie.benchmark.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.accordhie.benchmark.records.Corpus;
import org.accordhie.benchmark.records.Ids;
import org.accordhie.benchmark.records.Item;

/** Resources to write, made from resources of the records: about the same patients, under names of their own. */
public final class Templates {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> TYPES = Set.of(
            "AllergyIntolerance",
            "Condition",
            "DiagnosticReport",
            "Encounter",
            "Immunization",
            "MedicationRequest",
            "Observation",
            "Patient",
            "Procedure");
    private static final int OF_EACH = 10;
    private static final Pattern MATCHED = Pattern.compile("([A-Za-z]+)\\?identifier=(.+)");

    private final Map<String, List<Template>> byType = new HashMap<>();
    private final Map<String, Item> shared = new HashMap<>();

    Templates(Corpus corpus) {
        var first = corpus.records().findFirst().orElse(0);
        for (int bundle = 0; bundle < first; bundle++) {
            corpus.in(bundle).forEach(item -> shared.put(item.type() + "|" + item.key(), item));
        }
        var missing = new HashSet<>(TYPES);
        corpus.records().takeWhile(bundle -> !missing.isEmpty()).forEach(bundle -> {
            addFrom(corpus, bundle);
            missing.removeIf(type -> byType.getOrDefault(type, List.of()).size() >= OF_EACH);
        });
    }

    /**
     * A resource to write.
     *
     * @param type its type
     * @param text JSON with marks for what each writing puts in
     * @param items what the text refers to, by the mark that stands for it
     */
    record Template(String type, String text, Map<String, Item> items) {

        Template {
            items = Map.copyOf(items);
        }

        /** The body of a create. */
        String body(Ids ids, long number) {
            var body = text;
            for (var item : items.entrySet()) {
                body = body.replace(item.getKey(), ids.of(item.getValue()));
            }
            return body.replace("@number@", String.valueOf(number)).replace("@year@", "2000");
        }

        /** The body of an update, which differs from that of the one before. */
        String body(Ids ids, Session.Written written, int year) {
            var id = written.address().substring(written.address().indexOf('/') + 1);
            return body(ids, written.number())
                    .replaceFirst("\\{", "{\"id\":\"" + id + "\",")
                    .replace("\"start\":\"2000\"", "\"start\":\"" + year + "\"");
        }
    }

    /** The types of which there are any. */
    List<String> types() {
        return byType.keySet().stream().sorted().toList();
    }

    List<Template> of(String type) {
        var templates = byType.getOrDefault(type, List.of());
        if (templates.isEmpty()) {
            throw new IllegalStateException("the records hold no " + type + " that could be written again");
        }
        return templates;
    }

    private void addFrom(Corpus corpus, int bundle) {
        var entries = corpus.read(bundle).path("entry");
        var names = new HashMap<String, Item>();
        corpus.in(bundle).forEach(item -> names.put(item.name(), item));
        for (var entry : entries) {
            var type = entry.path("resource").path("resourceType").asText();
            var known = byType.computeIfAbsent(type, each -> new ArrayList<>());
            if (TYPES.contains(type) && known.size() < OF_EACH && entry.path("resource") instanceof ObjectNode own) {
                known.add(template(type, own, names));
            }
        }
        byType.keySet().retainAll(TYPES);
    }

    private Template template(String type, ObjectNode resource, Map<String, Item> names) {
        resource.remove(List.of("id", "text", "contained"));
        var identifier = resource.putArray("identifier").addObject();
        identifier.put("system", "urn:accord:benchmark").put("value", "@number@");
        identifier.putObject("period").put("start", "@year@");
        var items = new HashMap<String, Item>();
        refer(resource, names, items);
        return new Template(type, resource.toString(), items);
    }

    /** Puts marks for references; one that leads nowhere is left out, as the element it stands in may be without. */
    private void refer(JsonNode element, Map<String, Item> names, Map<String, Item> items) {
        if (element instanceof ObjectNode own && own.path("reference").isTextual()) {
            var text = own.path("reference").asText();
            var matched = MATCHED.matcher(text);
            var target = matched.matches() ? shared.get(matched.group(1) + "|" + matched.group(2)) : names.get(text);
            if (target == null) {
                own.remove("reference");
            } else {
                var mark = "@" + items.size() + "@";
                items.put(mark, target);
                own.put("reference", mark);
            }
        }
        element.forEach(child -> refer(child, names, items));
    }

    /** For messages. */
    @Override
    public String toString() {
        return JSON.valueToTree(types()).toString();
    }
}
