package org.accordhie.sealing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/** Signs with Ed25519 (RFC 8032). Thread-safe. */
public final class AnchorSigner {

    private final PrivateKey key;
    private final String keyId;

    public AnchorSigner(PrivateKey key, PublicKey publicKey) {
        this.key = key;
        this.keyId = AnchorKeys.idOf(publicKey);
    }

    /** The id of the key. */
    public String keyId() {
        return keyId;
    }

    String sign(byte[] octets) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(octets);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("the key cannot sign", failed);
        }
    }

    /** Signs that rows were pruned on purpose. */
    public String sign(Pruned pruned) {
        return sign(pruned.text().getBytes(StandardCharsets.UTF_8));
    }
}
