package org.accordhie.labels;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.Sensitivity;
import org.jspecify.annotations.Nullable;

/** Reads a rule file that a parser has made maps, lists and strings of; refuses what it does not understand, with the place. */
public final class LabelRuleReader {

    private static final Set<String> OF_FILE = Set.of("system", "version", "screenings", "rules");
    private static final Set<String> OF_RULE =
            Set.of("id", "sensitivity", "confidentiality", "source", "codes", "ranges", "words");

    private LabelRuleReader() {}

    /**
     * The rules of a file.
     *
     * @throws MalformedLabelRules naming the first place that is wrong
     */
    public static LabelRuleFile read(@Nullable Object tree) {
        var file = map("the file", tree, OF_FILE);
        var system = text("system", file.get("system"));
        if (!system.contains(":")) {
            throw new MalformedLabelRules("system", "must be an absolute address");
        }
        var version = text("version", file.get("version"));
        var rules = new ArrayList<LabelRule>();
        var ids = new HashSet<String>();
        var items = list("rules", file.get("rules"));
        for (int index = 0; index < items.size(); index++) {
            var place = "rules[" + index + "]";
            var rule = rule(place, items.get(index), system, version);
            if (!ids.add(rule.basis().code())) {
                throw new MalformedLabelRules(place + ".id", "is that of another rule too");
            }
            rules.add(rule);
        }
        return new LabelRuleFile(system, version, phrases("screenings", file.get("screenings")), rules);
    }

    private static LabelRule rule(String place, @Nullable Object tree, String system, String version) {
        var rule = map(place, tree, OF_RULE);
        var codes = codes(place + ".codes", rule.get("codes"));
        var ranges = ranges(place + ".ranges", rule.get("ranges"));
        var words = phrases(place + ".words", rule.get("words"));
        if (codes.isEmpty() && ranges.isEmpty() && words.isEmpty()) {
            throw new MalformedLabelRules(place, "has no codes, ranges or words");
        }
        var sensitivity = text(place + ".sensitivity", rule.get("sensitivity"));
        if (!Sensitivity.CODES.contains(sensitivity)) {
            throw new MalformedLabelRules(place + ".sensitivity", "is no sensitivity of v3-ActCode");
        }
        return new LabelRule(
                new LabelBasis(system, version, text(place + ".id", rule.get("id"))),
                sensitivity,
                confidentiality(place + ".confidentiality", rule.get("confidentiality")),
                text(place + ".source", rule.get("source")),
                codes,
                ranges,
                Phrases.of(words));
    }

    private static Confidentiality confidentiality(String place, @Nullable Object value) {
        return Confidentiality.ofCode(text(place, value))
                .filter(level -> level.isAtLeast(Confidentiality.R))
                .orElseThrow(() -> new MalformedLabelRules(place, "must be `R` or `V`"));
    }

    /** By code system: each code with what it means, which is for the reader of the file. */
    private static Set<Coding> codes(String place, @Nullable Object tree) {
        var codes = new HashSet<Coding>();
        for (var system : anyMap(place, tree).entrySet()) {
            var below = place + "[" + system.getKey() + "]";
            for (var code : anyMap(below, system.getValue()).entrySet()) {
                text(below + "[" + code.getKey() + "]", code.getValue());
                codes.add(new Coding(system.getKey(), code.getKey()));
            }
        }
        return codes;
    }

    private static List<CodeRange> ranges(String place, @Nullable Object tree) {
        var ranges = new ArrayList<CodeRange>();
        for (var system : anyMap(place, tree).entrySet()) {
            var below = place + "[" + system.getKey() + "]";
            var items = list(below, system.getValue());
            for (int index = 0; index < items.size(); index++) {
                var item = below + "[" + index + "]";
                try {
                    ranges.add(CodeRange.of(system.getKey(), text(item, items.get(index))));
                } catch (IllegalArgumentException malformed) {
                    throw new MalformedLabelRules(item, String.valueOf(malformed.getMessage()));
                }
            }
        }
        return ranges;
    }

    private static List<String> phrases(String place, @Nullable Object tree) {
        var phrases = new ArrayList<String>();
        if (tree == null) {
            return phrases;
        }
        var items = list(place, tree);
        for (int index = 0; index < items.size(); index++) {
            var item = place + "[" + index + "]";
            var phrase = text(item, items.get(index));
            if (!Phrases.isPhrase(phrase)) {
                throw new MalformedLabelRules(
                        item, "may hold letters, digits, spaces and hyphens, and a star at its end");
            }
            phrases.add(phrase);
        }
        return phrases;
    }

    private static Map<String, @Nullable Object> map(String place, @Nullable Object tree, Set<String> known) {
        var map = anyMap(place, tree);
        var unknown = new TreeSet<>(map.keySet());
        unknown.removeAll(known);
        if (map.isEmpty() || !unknown.isEmpty()) {
            throw new MalformedLabelRules(
                    place, map.isEmpty() ? "is empty" : "has the unknown field `" + unknown.first() + "`");
        }
        return map;
    }

    /** Empty where there is nothing. */
    private static Map<String, @Nullable Object> anyMap(String place, @Nullable Object tree) {
        var map = new java.util.LinkedHashMap<String, @Nullable Object>();
        if (tree == null) {
            return map;
        }
        if (!(tree instanceof Map<?, ?> entries)) {
            throw new MalformedLabelRules(place, "must be a map");
        }
        entries.forEach((key, value) -> {
            // A code that is a number in YAML would lose its leading zeros before anybody noticed.
            if (!(key instanceof String name)) {
                throw new MalformedLabelRules(place, "`" + key + "` must be in quotes");
            }
            map.put(name, value);
        });
        return map;
    }

    private static List<?> list(String place, @Nullable Object tree) {
        if (tree instanceof List<?> list) {
            return list;
        }
        throw new MalformedLabelRules(place, tree == null ? "is missing" : "must be a list");
    }

    private static String text(String place, @Nullable Object tree) {
        if (tree instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new MalformedLabelRules(place, tree == null ? "is missing" : "must be a text in quotes");
    }
}
