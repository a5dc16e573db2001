package org.accordhie.labels;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.ElementLabels;

/**
 * Which sensitivities a resource has, by what it is coded with and by the words in it. Screenings are not labelled: that
 * somebody was asked says nothing about them. Thread-safe.
 */
public final class LabelRules {

    /** The shipped rules' address, which their labels name as basis. */
    public static final String SYSTEM = "https://accordhie.org/fhir/CodeSystem/label-rules";

    private final List<LabelRule> rules;
    private final Pattern screenings;
    private final Phrases anyWords;
    private final String version;

    private LabelRules(List<LabelRule> rules, Pattern screenings, String version) {
        this.rules = List.copyOf(rules);
        this.screenings = screenings;
        this.anyWords = Phrases.all(rules.stream().map(LabelRule::words));
        this.version = version;
    }

    /**
     * The rules of several files together.
     *
     * @throws MalformedLabelRules if two files have the same address
     */
    public static LabelRules of(List<LabelRuleFile> files) {
        var systems = new LinkedHashMap<String, String>();
        for (var file : files) {
            if (systems.put(file.system(), file.version()) != null) {
                throw new MalformedLabelRules("system", "is that of another rule file too");
            }
        }
        return new LabelRules(
                files.stream().flatMap(file -> file.rules().stream()).toList(),
                Phrases.of(files.stream()
                                .flatMap(file -> file.screenings().stream())
                                .toList())
                        .pattern(),
                systems.entrySet().stream()
                        .map(each -> each.getKey() + "|" + each.getValue())
                        .collect(Collectors.joining(" ")));
    }

    /** The addresses and versions of the files: equal as long as no rule has changed. */
    public String version() {
        return version;
    }

    /** Every rule, in the order of the files. */
    public List<LabelRule> rules() {
        return rules;
    }

    /**
     * The rules that hold, by sensitivity; the first one where several give the same.
     *
     * @param codes everything the resource is coded with
     * @param texts everything written in it
     */
    public SortedMap<String, LabelRule> matching(Collection<Coding> codes, Collection<String> texts) {
        var telling = texts.stream()
                .map(text -> screenings.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" "))
                .filter(anyWords::areIn)
                .toList();
        var matching = new TreeMap<String, LabelRule>();
        rules.stream()
                .filter(rule -> rule.matches(codes, telling))
                .forEach(rule -> matching.merge(rule.sensitivity(), rule, LabelRules::stricter));
        return matching;
    }

    private static LabelRule stricter(LabelRule former, LabelRule other) {
        return former.confidentiality().isAtLeast(other.confidentiality()) ? former : other;
    }

    /**
     * With the labels of the rules that hold.
     *
     * @param carried what the part of the resource that is looked at is labelled with already
     * @param codes everything that part is coded with
     * @param texts everything written in it
     */
    public Labels add(Labels labels, ElementLabels carried, Collection<Coding> codes, Collection<String> texts) {
        var more = labels;
        for (var rule : matching(codes, texts).values()) {
            if (!carried.cover(rule.sensitivity(), rule.confidentiality())) {
                more = more.with(rule.sensitivity(), rule.basis(), rule.confidentiality());
            }
        }
        return more;
    }
}
