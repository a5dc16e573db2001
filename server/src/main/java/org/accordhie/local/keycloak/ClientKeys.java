package org.accordhie.local.keycloak;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;

/** The public keys by which a client's assertions are verified. */
public sealed interface ClientKeys {

    /** What Keycloak calls them among a client's attributes. */
    Map<String, String> attributes();

    /** Keys that the client publishes, and can change by itself. */
    record At(URI address) implements ClientKeys {
        @Override
        public Map<String, String> attributes() {
            return Map.of("use.jwks.url", "true", "jwks.url", address.toString());
        }
    }

    /** Keys that the realm holds. */
    record Held(JWKSet keys) implements ClientKeys {

        /** Without what is secret of them, and said to be for signatures: Keycloak passes over a key that does not say it. */
        public Held {
            keys = new JWKSet(keys.toPublicJWKSet().getKeys().stream()
                    .map(Held::forSignatures)
                    .toList());
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("there is no public key in the key set");
            }
        }

        private static JWK forSignatures(JWK key) {
            if (key.getKeyUse() != null) {
                return key;
            }
            var members = key.toJSONObject();
            members.remove("key_ops");
            members.put("use", "sig");
            try {
                return JWK.parse(members);
            } catch (ParseException malformed) {
                throw new IllegalArgumentException("a key of the key set cannot be read", malformed);
            }
        }

        @Override
        public Map<String, String> attributes() {
            return Map.of("use.jwks.string", "true", "jwks.string", keys.toString());
        }
    }

    /**
     * Reads where they are: an address, or a file with a JSON Web Key Set, of which only the public halves are taken. Throws
     * {@link IllegalArgumentException} if there are none.
     */
    static ClientKeys read(String where) {
        if (where.startsWith("http:") || where.startsWith("https:")) {
            return new At(safe(URI.create(where)));
        }
        try {
            return new Held(JWKSet.parse(Files.readString(Path.of(where))));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("the file `" + where + "` cannot be read", unreadable);
        } catch (ParseException malformed) {
            throw new IllegalArgumentException("the file `" + where + "` is not a JSON Web Key Set", malformed);
        }
    }

    /** Whoever can change the keys on their way can be the client. */
    private static URI safe(URI address) {
        if (!"https".equals(address.getScheme())
                && !Set.of("127.0.0.1", "localhost").contains(address.getHost())) {
            throw new IllegalArgumentException("keys are fetched by https, or from this machine");
        }
        return address;
    }
}
