package org.accordhie.intake.fhir;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.intake.EntryKeys;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** One writing entry of a pushed bundle. Not thread-safe: it belongs to one push. */
final class PushedEntry {

    /** A record of an event is never written again with the same name: what differs is another record. */
    private static final Set<String> RECORDS_OF_EVENTS = Set.of("Provenance");

    /** What says the same as another one is another one all the same: its business identifiers tell what it replaces. */
    private static final Set<String> ALWAYS_NEW = Set.of("Consent");

    /** Whoever and whatever these are, each of their identifiers alone says which one it is. */
    private static final Set<String> KNOWN_BY_ANY_IDENTIFIER =
            Set.of("Encounter", "Location", "Organization", "Patient", "Practitioner", "PractitionerRole");

    private final int index;
    private final BundleEntryComponent entry;
    private final String type;
    private final String addressedId;
    private EntryKeys keys = new EntryKeys(List.of(), List.of(), List.of());
    private @Nullable String id;
    private boolean known;
    private boolean matched;

    PushedEntry(int index, BundleEntryComponent entry) {
        this.index = index;
        this.entry = entry;
        var address = entry.getRequest().getUrl().split("[/?]", -1);
        this.type = address[0];
        this.addressedId = address.length > 1 && !entry.getRequest().getUrl().contains("?") ? address[1] : "";
    }

    String path() {
        return "Bundle.entry[" + index + "]";
    }

    String type() {
        return type;
    }

    HTTPVerb method() {
        return entry.getRequest().getMethod();
    }

    /** The id in a PUT's or DELETE's address; empty for a POST. */
    String addressedId() {
        return addressedId;
    }

    @Nullable
    Resource resource() {
        return entry.getResource();
    }

    String fullUrl() {
        return entry.hasFullUrl() ? entry.getFullUrl() : "";
    }

    /** The address to match before creating; empty where the entry creates in any case. */
    String ifNoneExist() {
        var condition = entry.getRequest().getIfNoneExist();
        return condition == null || condition.isBlank() ? "" : type + "?" + condition.replaceFirst("^.*\\?", "");
    }

    String ifMatch() {
        return entry.getRequest().hasIfMatch() ? entry.getRequest().getIfMatch() : "";
    }

    EntryKeys keys() {
        return keys;
    }

    void dropKeys(Set<String> ambiguous) {
        keys = keys.without(ambiguous);
    }

    /** Names the entry by its identifiers and its address in the source. */
    void readKeys() {
        if (resource() == null) {
            return;
        }
        var identifiers = new ArrayList<String>();
        var property = resource().getChildByName("identifier");
        var values = property == null ? List.<Base>of() : property.getValues();
        for (var value : values) {
            if (value instanceof Identifier each && each.hasSystem() && each.hasValue()) {
                identifiers.add("identifier:" + each.getSystem() + "|" + each.getValue());
            }
        }
        // Elsewhere an identifier may be that of a group or an order; only all of them together are this one's.
        if (!KNOWN_BY_ANY_IDENTIFIER.contains(type) && identifiers.size() > 1) {
            var together = identifiers.stream().sorted().collect(Collectors.joining(" "));
            identifiers.clear();
            identifiers.add(together);
        }
        keys = new EntryKeys(isNamedOnce() ? List.of() : identifiers, localKeys(), List.of());
    }

    private List<String> localKeys() {
        if (!addressedId.isEmpty()) {
            return List.of(type + "/" + addressedId);
        }
        return fullUrl().startsWith("urn:uuid:") && !isNamedOnce() ? List.of(fullUrl()) : List.of();
    }

    private boolean isNamedOnce() {
        return RECORDS_OF_EVENTS.contains(type) || ALWAYS_NEW.contains(type);
    }

    boolean needsContentKey() {
        return resource() != null
                && keys.identifiers().isEmpty()
                && addressedId.isEmpty()
                && !ALWAYS_NEW.contains(type);
    }

    void addContentKey(String digest) {
        keys = new EntryKeys(keys.identifiers(), keys.local(), List.of("content:" + digest));
    }

    String id() {
        if (id == null) {
            throw new IllegalStateException(path() + " has no id yet");
        }
        return id;
    }

    boolean isIdentified() {
        return id != null;
    }

    /** Whether the id was known before this push. */
    boolean isKnown() {
        return known;
    }

    void identify(String decided, boolean wasKnown) {
        id = decided;
        known = wasKnown;
    }

    String reference() {
        return type + "/" + id();
    }

    List<Reference> references(FhirContext context) {
        return resource() == null
                ? List.of()
                : context.newTerser().getAllPopulatedChildElementsOfType(resource(), Reference.class);
    }

    /** Takes an existing resource that the entry's condition found for it, which is left as it is. */
    void match(String existing) {
        id = existing;
        known = true;
        matched = true;
    }

    /** Whether nothing is to be written, since a conditional create found its match. */
    boolean isMatched() {
        return matched;
    }
}
