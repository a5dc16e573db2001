package org.accordhie.consent.fhir;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Consent;

/** The packs of rules that come with the exchange. What each says, and where it is from: {@code docs/policies.md}. */
public final class PolicyPacks {

    /** Their names. */
    public static final List<String> NAMES = List.of("us-opt-out", "us-opt-in", "us-part2", "research-strict");

    private PolicyPacks() {}

    /**
     * A pack as it is shipped: a collection of Consents, as JSON.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static String text(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("`" + name + "` is none of the packs " + String.join(", ", NAMES));
        }
        try (var file = Objects.requireNonNull(
                PolicyPacks.class.getResourceAsStream("/org/accordhie/policies/" + name + ".json"), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The rules of these packs together; one that several have stands there once. */
    public static List<Consent> rules(FhirContext context, Collection<String> names) {
        var rules = new LinkedHashMap<String, Consent>();
        for (var name : names) {
            for (var entry : context.newJsonParser()
                    .parseResource(Bundle.class, text(name))
                    .getEntry()) {
                var rule = (Consent) entry.getResource();
                rules.putIfAbsent(rule.getIdElement().getIdPart(), rule);
            }
        }
        return List.copyOf(rules.values());
    }
}
