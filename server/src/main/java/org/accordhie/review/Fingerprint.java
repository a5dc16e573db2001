package org.accordhie.review;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** A name for what several words say together: the same words, the same name. */
final class Fingerprint {

    private Fingerprint() {}

    /** Each part goes in with its length, so that none runs into the next. */
    static UUID of(String... parts) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                var bytes = part.getBytes(StandardCharsets.UTF_8);
                sha.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                sha.update(bytes);
            }
            var digest = ByteBuffer.wrap(sha.digest());
            // Version 8 of RFC 9562: a UUID whose bits are the maker's own.
            var high = (digest.getLong() & 0xFFFFFFFFFFFF0FFFL) | 0x8000L;
            var low = (digest.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
