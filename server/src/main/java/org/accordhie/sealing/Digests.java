package org.accordhie.sealing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** SHA-256 over values, each with its length, so that no two lists of values have the same octets. Not thread-safe. */
final class Digests {

    /** Octets of a digest. */
    static final int LENGTH = 32;

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(octets);

    Digests add(byte[] value) {
        try {
            out.writeInt(value.length);
            out.write(value);
            return this;
        } catch (IOException unheardOf) {
            throw new UncheckedIOException(unheardOf);
        }
    }

    /** A text; null is not the empty one. */
    Digests add(@Nullable String value) {
        octets.write(value == null ? 0 : 1);
        return add(value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8));
    }

    byte[] digest() {
        return of(octets.toByteArray());
    }

    static byte[] of(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has SHA-256", never);
        }
    }
}
