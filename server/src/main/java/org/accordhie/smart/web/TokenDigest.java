package org.accordhie.smart.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 of a token, which stands for it where it is remembered: the token itself is not kept. */
record TokenDigest(long first, long second, long third, long fourth) {

    static TokenDigest of(String token) {
        var bytes = ByteBuffer.wrap(sha256(token.getBytes(StandardCharsets.US_ASCII)));
        return new TokenDigest(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
