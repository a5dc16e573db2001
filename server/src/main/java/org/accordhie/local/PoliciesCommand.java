package org.accordhie.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.accordhie.consent.fhir.PolicyPacks;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the packs of rules that come with the exchange. */
@Command(
        name = "policies",
        sortOptions = false,
        description = {
            "Prints the packs of rules of law and organisation that come with the exchange, as FHIR Consents.",
            "",
            "A running exchange takes other packs when a privacy officer posts what --replace prints:",
            "  accord policies --replace us-opt-in | curl -H \"Authorization: Bearer $TOKEN\" \\",
            "    -H 'Content-Type: application/fhir+json' -d @- http://127.0.0.1:8080/fhir",
            ""
        })
public final class PoliciesCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Asked asked = new Asked();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this text")
    boolean help;

    /** One of these. */
    static final class Asked {

        @Option(names = "--list", description = "the packs, with the kind and title of each rule")
        private boolean list;

        @Option(names = "--show", paramLabel = "PACK", description = "the rules of a pack")
        private @Nullable String show;

        @Option(
                names = "--replace",
                paramLabel = "PACK",
                split = ",",
                description = "a transaction that puts these packs in force and every other shipped rule out of force")
        private List<String> replace = List.of();
    }

    @Override
    public Integer call() {
        try {
            System.out.println(text());
            return 0;
        } catch (IllegalArgumentException unknown) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), String.valueOf(unknown.getMessage()));
        }
    }

    private String text() {
        if (asked.show != null) {
            return PolicyPacks.text(asked.show).strip();
        }
        return asked.list ? list() : replacement(asked.replace);
    }

    private static String list() {
        var text = new StringBuilder();
        for (var name : PolicyPacks.NAMES) {
            text.append(name).append('\n');
            rulesOf(List.of(name)).values().forEach(rule -> {
                var category = rule.path("category").path(0);
                text.append("  %-16s %s%n"
                        .formatted(
                                category.path("coding").path(0).path("code").asText(),
                                category.path("text").asText()));
            });
        }
        return text.toString().strip();
    }

    /** The rules of other packs are put out of force rather than deleted, so that none needs to be there. */
    private static String replacement(List<String> packs) {
        var active = rulesOf(packs);
        var bundle = JSON.createObjectNode().put("resourceType", "Bundle").put("type", "transaction");
        var entries = bundle.putArray("entry");
        rulesOf(PolicyPacks.NAMES).forEach((id, rule) -> {
            rule.put("status", active.containsKey(id) ? "active" : "inactive");
            var address = "Consent/" + id;
            var entry = entries.addObject().put("fullUrl", address);
            entry.set("resource", rule);
            entry.putObject("request").put("method", "PUT").put("url", address);
        });
        return bundle.toPrettyString();
    }

    /** By id, each once. */
    private static Map<String, ObjectNode> rulesOf(List<String> packs) {
        var rules = new LinkedHashMap<String, ObjectNode>();
        for (var pack : packs) {
            try {
                for (var entry : JSON.readTree(PolicyPacks.text(pack)).path("entry")) {
                    rules.putIfAbsent(entry.path("resource").path("id").asText(), (ObjectNode) entry.path("resource"));
                }
            } catch (JsonProcessingException malformed) {
                throw new UncheckedIOException(malformed);
            }
        }
        return rules;
    }
}
