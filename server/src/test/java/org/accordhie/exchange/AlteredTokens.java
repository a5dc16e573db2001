package org.accordhie.exchange;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.function.Consumer;
import org.accordhie.fhirserver.AccordProperties;
import org.springframework.boot.test.context.TestComponent;

/** Tokens with claims that the development authorization server never writes, signed with its key. */
@TestComponent
public final class AlteredTokens {

    private final Path directory;

    AlteredTokens(AccordProperties settings) {
        this.directory = settings.development().directory();
    }

    /** The token with other claims. */
    String of(String token, Consumer<JWTClaimsSet.Builder> change) {
        return of(token, directory, change);
    }

    /** The token of another server, which keeps its key in a directory, with other claims. */
    public static String of(String token, Path directory, Consumer<JWTClaimsSet.Builder> change) {
        try {
            var key = RSAKey.parse(Files.readString(directory.resolve("development-only-signing-key.json")));
            var former = SignedJWT.parse(token);
            var claims = new JWTClaimsSet.Builder(former.getJWTClaimsSet());
            change.accept(claims);
            var altered = new SignedJWT(
                    new JWSHeader.Builder(former.getHeader().getAlgorithm())
                            .keyID(key.getKeyID())
                            .build(),
                    claims.build());
            altered.sign(new RSASSASigner(key));
            return altered.serialize();
        } catch (IOException | ParseException | JOSEException failure) {
            throw new IllegalStateException("the development key cannot sign", failure);
        }
    }
}
