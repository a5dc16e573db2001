package org.accordhie.terminology.fhir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.accordhie.terminology.ConceptSet;
import org.accordhie.terminology.UnusableDefinition;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionComponent;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;

/** Reads an expansion that is whole: a part of one would leave out what it does not show. Not thread-safe: it reads once. */
final class ExpansionReader {

    private static final String PATH = "ValueSet.expansion";

    /** Source: FHIR R4, extensions of ValueSet: the expansion is not, or could not be, complete. */
    private static final Set<String> INCOMPLETE = Set.of(
            "http://hl7.org/fhir/StructureDefinition/valueset-unclosed",
            "http://hl7.org/fhir/StructureDefinition/valueset-toocostly");

    private final DefinitionRules rules;
    private final Map<String, Set<String>> codes = new TreeMap<>();
    private int nodes;

    ExpansionReader(DefinitionRules rules) {
        this.rules = rules;
    }

    /** One set for each code system of the expansion. */
    List<ConceptSet> read(ValueSet set) throws UnusableDefinition {
        if (!set.hasExpansion()) {
            throw rules.unusable("ValueSet.compose", "is missing, and so is `ValueSet.expansion`");
        }
        var expansion = set.getExpansion();
        rules.modifiers(expansion, PATH);
        readAll(expansion.getContains(), PATH + ".contains");
        if (isPart(expansion)) {
            throw rules.unusable(PATH, "is not the whole expansion");
        }
        var sets = new ArrayList<ConceptSet>();
        codes.forEach((system, listed) ->
                sets.add(new ConceptSet(PATH + ".contains", system, "", listed, List.of(), List.of())));
        return sets;
    }

    private boolean isPart(ValueSetExpansionComponent expansion) {
        return expansion.getOffset() != 0
                || (expansion.hasTotal() && expansion.getTotal() != nodes)
                || expansion.getExtension().stream()
                        .anyMatch(extension -> INCOMPLETE.contains(extension.getUrl())
                                && !(extension.getValue() instanceof BooleanType said && !said.booleanValue()));
    }

    private void readAll(List<ValueSetExpansionContainsComponent> entries, String path) throws UnusableDefinition {
        for (int index = 0; index < entries.size(); index++) {
            read(entries.get(index), path + "[" + index + "]");
        }
    }

    private void read(ValueSetExpansionContainsComponent entry, String path) throws UnusableDefinition {
        rules.modifiers(entry, path);
        nodes++;
        // An abstract entry is a heading: no record is coded with it.
        if (!entry.getAbstract()) {
            codes.computeIfAbsent(rules.text(entry.getSystem(), path + ".system"), system -> new HashSet<>())
                    .add(rules.text(entry.getCode(), path + ".code"));
        }
        readAll(entry.getContains(), path + ".contains");
    }
}
