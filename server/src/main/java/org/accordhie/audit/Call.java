package org.accordhie.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for, and from where.
 *
 * @param request the request's own id, which the events of one request share; null for what no request over HTTP caused
 * @param address the network address of the client; empty where there is none
 * @param interaction what it does, in FHIR's words
 * @param resourceType the type named in the address; empty where it names none
 * @param query the address asked for, without the server's base; of one that is longer than any address can be, its beginning
 *     and the digest of the whole
 */
public record Call(
        @Nullable UUID request, String address, RestfulInteraction interaction, String resourceType, String query) {

    /** As long as an address can be; only posted searches are longer. */
    private static final int LONGEST = 8_192;

    public Call {
        query = query.length() <= LONGEST ? query : query.substring(0, LONGEST) + " sha256:" + digest(query);
    }

    private static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /** The same, telling only of which kind it was. */
    Call ofItsKind() {
        return new Call(request, "", interaction, resourceType, "");
    }
}
