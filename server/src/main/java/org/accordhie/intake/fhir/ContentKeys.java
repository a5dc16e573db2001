package org.accordhie.intake.fhir;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Resource;

/**
 * Digests of entries that have no identifier, so that the same content under a new temporary name is still the same thing.
 * A reference to another entry counts as that entry's own key, not as its name, which a source may make anew for each push.
 */
final class ContentKeys {

    private static final Pattern TEMPORARY_NAME = Pattern.compile("urn:uuid:[0-9a-fA-F-]{36}");

    private final FhirContext context;
    private final Map<String, PushedEntry> byName = new HashMap<>();
    private final Map<PushedEntry, String> digests = new HashMap<>();
    private final Set<PushedEntry> underWay = new HashSet<>();

    ContentKeys(FhirContext context, List<PushedEntry> entries) {
        this.context = context;
        entries.forEach(entry -> byName.put(entry.fullUrl(), entry));
    }

    /** Gives every entry that needs one its content key; equal contents in one bundle stay different things. */
    static void add(FhirContext context, List<PushedEntry> entries) {
        var keys = new ContentKeys(context, entries);
        var seen = new HashMap<String, Integer>();
        for (var entry : entries) {
            if (entry.needsContentKey()) {
                var digest = entry.type() + keys.digest(entry);
                entry.addContentKey(digest + ":" + seen.merge(digest, 1, Integer::sum));
            }
        }
    }

    private String digest(PushedEntry entry) {
        var known = digests.get(entry);
        if (known != null) {
            return known;
        }
        if (!underWay.add(entry)) {
            return "circle";
        }
        var text = TEMPORARY_NAME
                .matcher(textOf(entry))
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(keyOf(match.group())));
        underWay.remove(entry);
        var digest = sha256(text);
        digests.put(entry, digest);
        return digest;
    }

    private String keyOf(String name) {
        var target = byName.get(name);
        if (target == null) {
            return name;
        }
        var identifiers = target.keys().identifiers();
        return identifiers.isEmpty() ? digest(target) : target.type() + identifiers.get(0);
    }

    private String textOf(PushedEntry entry) {
        Resource resource = java.util.Objects.requireNonNull(entry.resource());
        IIdType id = resource.getIdElement();
        var former = id.getValue();
        id.setValue(null);
        try {
            return context.newJsonParser().encodeResourceToString(resource);
        } finally {
            id.setValue(former);
        }
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
