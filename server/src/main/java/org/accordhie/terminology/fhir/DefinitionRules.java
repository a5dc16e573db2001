package org.accordhie.terminology.fhir;

import java.nio.charset.StandardCharsets;
import org.accordhie.terminology.UnusableDefinition;
import org.hl7.fhir.r4.model.BackboneElement;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.MetadataResource;
import org.jspecify.annotations.Nullable;

/** What must hold for a code system and a value set alike. Refusals carry the resource's address. */
final class DefinitionRules {

    /** As long as an index of the database takes three of them. */
    private static final int LONGEST = 800;

    private final String url;

    private DefinitionRules(String url) {
        this.url = url;
    }

    /** Only what its publisher calls active is in force. */
    static boolean isInForce(MetadataResource resource) {
        return resource.getStatus() == PublicationStatus.ACTIVE;
    }

    /** Checks the resource as a whole, and gives the rules for its parts. */
    static DefinitionRules of(MetadataResource resource) throws UnusableDefinition {
        var type = resource.fhirType();
        var rules = new DefinitionRules(resource.hasUrl() ? resource.getUrl() : "");
        rules.text(rules.url, type + ".url");
        if (rules.url.indexOf('|') >= 0 || rules.url.indexOf('#') >= 0) {
            throw rules.unusable(type + ".url", "must be an address without a version or a part");
        }
        if (resource.hasImplicitRules()) {
            throw rules.unusable(type + ".implicitRules", "changes the meaning in a way unknown here");
        }
        rules.modifiers(resource.hasModifierExtension(), type);
        return rules;
    }

    String url() {
        return url;
    }

    /** The value, which must be there and fit the database. */
    String text(@Nullable String value, String path) throws UnusableDefinition {
        if (value == null || value.isBlank()) {
            throw unusable(path, "is missing");
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw unusable(path, "is longer than " + LONGEST + " bytes");
        }
        return value;
    }

    void modifiers(BackboneElement element, String path) throws UnusableDefinition {
        modifiers(element.hasModifierExtension(), path);
    }

    private void modifiers(boolean present, String path) throws UnusableDefinition {
        if (present) {
            throw unusable(path + ".modifierExtension", "changes the meaning in a way unknown here");
        }
    }

    UnusableDefinition unusable(String path, String reason) {
        return new UnusableDefinition(url, path, reason);
    }
}
