package org.accordhie.labels;

import java.util.List;

/**
 * A file of rules.
 *
 * @param system its address, which no other file has
 * @param version goes up with every change of a rule
 * @param screenings phrases that say that somebody was asked, in which no word is looked for
 * @param rules in the order of the file
 */
public record LabelRuleFile(String system, String version, List<String> screenings, List<LabelRule> rules) {

    public LabelRuleFile {
        screenings = List.copyOf(screenings);
        rules = List.copyOf(rules);
    }
}
