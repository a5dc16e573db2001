package org.accordhie.smart;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * A code of a resource as a search parameter of the kind token finds it. Source: FHIR R4, Search, token.
 *
 * @param param the parameter
 * @param system of the code; empty where it has none
 * @param code case-sensitive
 */
public record SearchToken(String param, String system, String code) {

    /** Under which numbers a search can look for it: by system and code, by the code alone, by the system alone. */
    public List<Long> hashes() {
        return List.of(
                hash(param, "both", system + "|" + code), hash(param, "code", code), hash(param, "system", system));
    }

    /** Whether a value of a search, as {@code [system]|[code]}, {@code [code]}, {@code |[code]} or {@code [system]|}, finds it. */
    boolean isFoundBy(String value) {
        var bar = value.indexOf('|');
        if (bar < 0) {
            return code.equals(value);
        }
        var named = value.substring(bar + 1);
        return system.equals(value.substring(0, bar)) && (named.isEmpty() || code.equals(named));
    }

    /** The number under which a search looks for a value. */
    static long hashOf(String param, String value) {
        if (value.indexOf('|') < 0) {
            return hash(param, "code", value);
        }
        return value.endsWith("|")
                ? hash(param, "system", value.substring(0, value.length() - 1))
                : hash(param, "both", value);
    }

    private static long hash(String param, String form, String value) {
        var text = param + "\n" + form + "\n" + value;
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
