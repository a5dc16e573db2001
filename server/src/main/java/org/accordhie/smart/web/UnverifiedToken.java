package org.accordhie.smart.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * What a token says of itself before anything is verified: no more than which issuer's keys to try.
 *
 * <p>Source: RFC 7519, sections 4 and 5; RFC 7515, section 4.1.11; RFC 8725, section 2.4. A name that is there twice is read
 * differently by different parsers, so such a token is none.
 */
final class UnverifiedToken {

    private static final int MAX_DEPTH = 32;

    private static final JsonFactory STRICT = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private static final JsonMapper JSON = JsonMapper.builder(STRICT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private UnverifiedToken() {}

    /** The issuer that a JWT claims to be of. Empty if the token has not the three parts of a signed JWT. */
    static Optional<String> issuer(String token) {
        var parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        var header = object(parts[0]);
        if (header.has("crit")) {
            throw malformed();
        }
        var issuer = object(parts[1]).get("iss");
        if (issuer == null || !issuer.isTextual() || decoded(parts[2]).length == 0) {
            throw malformed();
        }
        return Optional.of(issuer.textValue());
    }

    private static JsonNode object(String part) {
        try {
            var read = JSON.readTree(decoded(part));
            if (read != null && read.isObject()) {
                return read;
            }
        } catch (IOException e) {
            throw new InvalidBearerTokenException("the token is malformed", e);
        }
        throw malformed();
    }

    /** Without the characters that are no base64url, which some decoders pass over. */
    private static byte[] decoded(String part) {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            throw new InvalidBearerTokenException("the token is malformed", e);
        }
    }

    private static InvalidBearerTokenException malformed() {
        return new InvalidBearerTokenException("the token is malformed");
    }
}
