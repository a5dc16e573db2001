package org.accordhie.sealing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/** The public keys whose signatures count, of all servers and of former times. Thread-safe. */
public final class AnchorKeys {

    private static final int ID_CHARACTERS = 16;

    private final Map<String, PublicKey> keys;

    public AnchorKeys(Collection<PublicKey> keys) {
        this.keys = keys.stream().distinct().collect(Collectors.toUnmodifiableMap(AnchorKeys::idOf, key -> key));
    }

    /** The first half of the first half of the key's SHA-256, in hexadecimal. */
    public static String idOf(PublicKey key) {
        return HexFormat.of().formatHex(Digests.of(key.getEncoded())).substring(0, ID_CHARACTERS);
    }

    boolean haveSigned(Anchor anchor) {
        return haveSigned(anchor.body().key(), anchor.signed(), anchor.signature());
    }

    boolean haveSigned(Pruned pruned, String keyId, String signature) {
        return haveSigned(keyId, pruned.text().getBytes(StandardCharsets.UTF_8), signature);
    }

    private boolean haveSigned(String keyId, byte[] octets, String signed) {
        var key = keys.get(keyId);
        if (key == null) {
            return false;
        }
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(octets);
            return signature.verify(Base64.getDecoder().decode(signed));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }
}
