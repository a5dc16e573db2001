package org.accordhie.terminology.fhir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.accordhie.terminology.CodeHierarchy;
import org.accordhie.terminology.UnusableDefinition;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemHierarchyMeaning;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.CodeSystem.ConceptPropertyComponent;
import org.hl7.fhir.r4.model.CodeSystem.PropertyComponent;
import org.hl7.fhir.r4.model.CodeType;
import org.jspecify.annotations.Nullable;

/**
 * Reads a FHIR CodeSystem as a hierarchy of codes: from nested concepts, and from the properties {@code parent},
 * {@code child} and {@code subsumedBy}.
 *
 * <p>Source: FHIR R4, CodeSystem, sections on hierarchies and on concept properties.
 */
public final class CodeSystemReader {

    private static final Set<String> UPWARD = Set.of("parent", "subsumedBy");
    private static final Set<String> DOWNWARD = Set.of("child");
    private static final String DEFINED = "http://hl7.org/fhir/concept-properties#";

    /**
     * The hierarchy of an active code system; empty for one that is not in force.
     *
     * @throws UnusableDefinition with the place and the reason
     */
    public Optional<CodeHierarchy> read(CodeSystem system) throws UnusableDefinition {
        return DefinitionRules.isInForce(system) ? Optional.of(new Reading(system).read()) : Optional.empty();
    }

    /** Reads one code system, once. */
    private static final class Reading {

        private final CodeSystem system;
        private final DefinitionRules rules;
        private final Map<String, Set<String>> parents = new HashMap<>();
        private final List<Link> links = new ArrayList<>();
        private final Set<String> upward = new HashSet<>(UPWARD);
        private final Set<String> downward = new HashSet<>(DOWNWARD);

        Reading(CodeSystem system) throws UnusableDefinition {
            this.system = system;
            rules = DefinitionRules.of(system);
            for (PropertyComponent property : system.getProperty()) {
                if ((DEFINED + "parent").equals(property.getUri())) {
                    upward.add(property.getCode());
                } else if ((DEFINED + "child").equals(property.getUri())) {
                    downward.add(property.getCode());
                }
            }
        }

        /** A code and one directly above it, and where that is said. */
        private record Link(String child, String parent, String path) {}

        CodeHierarchy read() throws UnusableDefinition {
            var complete = isComplete();
            if (system.hasCaseSensitive() && !system.getCaseSensitive()) {
                throw rules.unusable(
                        "CodeSystem.caseSensitive", "must not be false: codes are compared as they are written");
            }
            readAll(system.getConcept(), "CodeSystem.concept", null);
            if (parents.isEmpty()) {
                throw rules.unusable("CodeSystem.concept", "is missing");
            }
            if (!links.isEmpty() && system.getHierarchyMeaning() != CodeSystemHierarchyMeaning.ISA) {
                throw rules.unusable(
                        "CodeSystem.hierarchyMeaning",
                        "must be `is-a` where codes are above others: from anything else it does not follow that what holds"
                                + " for a code holds for those below it");
            }
            for (var link : links) {
                join(link, complete);
            }
            return new CodeHierarchy(rules.url(), system.hasVersion() ? system.getVersion() : "", complete, parents);
        }

        /** Where codes can be put together, there are more than are listed. */
        private boolean isComplete() throws UnusableDefinition {
            var content = system.getContent();
            if (content != CodeSystemContentMode.COMPLETE && content != CodeSystemContentMode.FRAGMENT) {
                throw rules.unusable("CodeSystem.content", "must be `complete` or `fragment`");
            }
            return content == CodeSystemContentMode.COMPLETE && !system.getCompositional();
        }

        private void readAll(List<ConceptDefinitionComponent> concepts, String path, @Nullable String above)
                throws UnusableDefinition {
            for (int index = 0; index < concepts.size(); index++) {
                read(concepts.get(index), path + "[" + index + "]", above);
            }
        }

        private void read(ConceptDefinitionComponent concept, String path, @Nullable String above)
                throws UnusableDefinition {
            rules.modifiers(concept, path);
            var code = rules.text(concept.getCode(), path + ".code");
            if (parents.putIfAbsent(code, new HashSet<>()) != null) {
                throw rules.unusable(path + ".code", "stands twice; give its further parents as properties `parent`");
            }
            if (above != null) {
                links.add(new Link(code, above, path));
            }
            for (int index = 0; index < concept.getProperty().size(); index++) {
                readProperty(code, concept.getProperty().get(index), path + ".property[" + index + "]");
            }
            readAll(concept.getConcept(), path + ".concept", code);
        }

        private void readProperty(String code, ConceptPropertyComponent property, String path)
                throws UnusableDefinition {
            rules.modifiers(property, path);
            var isUpward = upward.contains(property.getCode());
            if (!isUpward && !downward.contains(property.getCode())) {
                return;
            }
            if (!(property.getValue() instanceof CodeType value)) {
                throw rules.unusable(path + ".value", "must be the code of a concept, as `valueCode`");
            }
            var other = rules.text(value.getValue(), path + ".value");
            links.add(isUpward ? new Link(code, other, path) : new Link(other, code, path));
        }

        private void join(Link link, boolean complete) throws UnusableDefinition {
            for (var code : List.of(link.child(), link.parent())) {
                if (complete && !parents.containsKey(code)) {
                    throw rules.unusable(link.path() + ".value", "is no code of this system");
                }
            }
            parents.computeIfAbsent(link.parent(), code -> new HashSet<>());
            parents.computeIfAbsent(link.child(), code -> new HashSet<>()).add(link.parent());
        }
    }
}
