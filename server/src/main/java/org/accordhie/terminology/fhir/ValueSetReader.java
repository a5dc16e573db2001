package org.accordhie.terminology.fhir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.accordhie.terminology.ConceptFilter;
import org.accordhie.terminology.ConceptFilter.Operator;
import org.accordhie.terminology.ConceptSet;
import org.accordhie.terminology.UnusableDefinition;
import org.accordhie.terminology.ValueSetDefinition;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptReferenceComponent;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetFilterComponent;
import org.hl7.fhir.r4.model.ValueSet.FilterOperator;

/**
 * Reads a FHIR ValueSet as a definition: its {@code compose} or, where it has none, its whole {@code expansion}.
 *
 * <p>Source: FHIR R4, ValueSet, sections on composition rules and on expansion.
 */
public final class ValueSetReader {

    private static final Map<FilterOperator, Operator> OPERATORS = Map.of(
            FilterOperator.ISA, Operator.IS_A,
            FilterOperator.DESCENDENTOF, Operator.DESCENDENT_OF,
            FilterOperator.EQUAL, Operator.EQUAL);

    /**
     * The definition of an active value set; empty for one that is not in force.
     *
     * @throws UnusableDefinition with the place and the reason
     */
    public Optional<ValueSetDefinition> read(ValueSet set) throws UnusableDefinition {
        if (!DefinitionRules.isInForce(set)) {
            return Optional.empty();
        }
        var rules = DefinitionRules.of(set);
        var version = set.hasVersion() ? set.getVersion() : "";
        if (!set.hasCompose()) {
            return Optional.of(
                    new ValueSetDefinition(rules.url(), version, new ExpansionReader(rules).read(set), List.of()));
        }
        var compose = set.getCompose();
        var path = "ValueSet.compose";
        rules.modifiers(compose, path);
        if (compose.hasLockedDate()) {
            throw rules.unusable(path + ".lockedDate", "is not supported; name the `version` of each code system");
        }
        if (compose.hasInactive() && !compose.getInactive()) {
            throw rules.unusable(path + ".inactive", "must not be false: records keep codes that are no longer in use");
        }
        return Optional.of(new ValueSetDefinition(
                rules.url(),
                version,
                read(compose.getInclude(), path + ".include", rules),
                read(compose.getExclude(), path + ".exclude", rules)));
    }

    private static List<ConceptSet> read(List<ConceptSetComponent> parts, String path, DefinitionRules rules)
            throws UnusableDefinition {
        var read = new ArrayList<ConceptSet>();
        for (int index = 0; index < parts.size(); index++) {
            read.add(read(parts.get(index), path + "[" + index + "]", rules));
        }
        return read;
    }

    private static ConceptSet read(ConceptSetComponent part, String path, DefinitionRules rules)
            throws UnusableDefinition {
        rules.modifiers(part, path);
        if (!part.hasSystem() && (!part.hasValueSet() || part.hasConcept() || part.hasFilter())) {
            throw rules.unusable(path + ".system", "is missing");
        }
        if (part.hasConcept() && part.hasFilter()) {
            throw rules.unusable(path, "has both `concept` and `filter`; make two of it");
        }
        return new ConceptSet(
                path,
                part.hasSystem() ? rules.text(part.getSystem(), path + ".system") : "",
                part.hasVersion() ? part.getVersion() : "",
                readCodes(part.getConcept(), path + ".concept", rules),
                readFilters(part.getFilter(), path + ".filter", rules),
                readImports(part.getValueSet(), path + ".valueSet", rules));
    }

    private static List<String> readImports(List<CanonicalType> imports, String path, DefinitionRules rules)
            throws UnusableDefinition {
        var addresses = new ArrayList<String>();
        for (int index = 0; index < imports.size(); index++) {
            var place = path + "[" + index + "]";
            var address = rules.text(imports.get(index).getValue(), place);
            if (address.startsWith("#")) {
                throw rules.unusable(place, "must be the address of a value set of its own");
            }
            addresses.add(address);
        }
        return addresses;
    }

    private static Set<String> readCodes(List<ConceptReferenceComponent> concepts, String path, DefinitionRules rules)
            throws UnusableDefinition {
        var codes = new HashSet<String>();
        for (int index = 0; index < concepts.size(); index++) {
            var place = path + "[" + index + "]";
            rules.modifiers(concepts.get(index), place);
            codes.add(rules.text(concepts.get(index).getCode(), place + ".code"));
        }
        return codes;
    }

    private static List<ConceptFilter> readFilters(
            List<ConceptSetFilterComponent> filters, String path, DefinitionRules rules) throws UnusableDefinition {
        var read = new ArrayList<ConceptFilter>();
        for (int index = 0; index < filters.size(); index++) {
            var filter = filters.get(index);
            var place = path + "[" + index + "]";
            rules.modifiers(filter, place);
            if (!"concept".equals(filter.getProperty())) {
                throw rules.unusable(place + ".property", "must be `concept`; other properties are not supported");
            }
            var operator = filter.hasOp() ? OPERATORS.get(filter.getOp()) : null;
            if (operator == null) {
                throw rules.unusable(place + ".op", "must be `is-a`, `descendent-of` or `=`; others are not supported");
            }
            read.add(new ConceptFilter(place, operator, rules.text(filter.getValue(), place + ".value")));
        }
        return read;
    }
}
