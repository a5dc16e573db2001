package org.accordhie.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;

/**
 * The keys with which a development partner signs its assertions, one for each algorithm that SMART names: made at the
 * first start and kept from then on, secret halves included, since the developer is the partner too.
 */
final class ClientKeys {

    private static final int RSA_BITS = 2048;

    private ClientKeys() {}

    /** Where they are kept, as a JSON Web Key Set. */
    static Path file(Path directory, DevelopmentPartner partner) {
        return directory.toAbsolutePath().normalize().resolve(partner.secret() + ".jwks.json");
    }

    /** Reads the keys kept in the directory, or makes them. */
    static JWKSet in(Path directory, DevelopmentPartner partner) {
        var file = file(directory, partner);
        try {
            OwnersFile.createDirectory(directory.toAbsolutePath().normalize());
            return JWKSet.parse(OwnersFile.readOrCreate(file, () -> generate(partner)));
        } catch (IOException failure) {
            throw new CannotStart(
                    "the development keys `" + file + "` cannot be read or made (" + failure + ")",
                    "choose a writable `accord.development.directory`",
                    failure);
        } catch (ParseException failure) {
            throw new CannotStart(
                    "the development keys `" + file + "` are damaged",
                    "remove the file; the next start makes others",
                    failure);
        }
    }

    private static String generate(DevelopmentPartner partner) {
        try {
            List<JWK> keys = List.of(
                    new ECKeyGenerator(Curve.P_384)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(JWSAlgorithm.ES384)
                            .keyID(partner.clientId() + "-es384")
                            .generate(),
                    new RSAKeyGenerator(RSA_BITS)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(JWSAlgorithm.RS384)
                            .keyID(partner.clientId() + "-rs384")
                            .generate());
            return new JWKSet(keys).toString(false);
        } catch (JOSEException missing) {
            throw new IllegalStateException("this Java has no RSA or no P-384", missing);
        }
    }
}
