package org.accordhie.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.UUID;

/** The key of the development authorization server: made at its first start, kept from then on. */
final class SigningKey {

    private static final String FILE = "development-only-signing-key.json";
    private static final int BITS = 2048;

    private SigningKey() {}

    /** Reads the key kept in the directory, or makes one. */
    static RSAKey in(Path directory) {
        var home = directory.toAbsolutePath().normalize();
        var file = home.resolve(FILE);
        try {
            OwnersFile.createDirectory(home);
            return RSAKey.parse(OwnersFile.readOrCreate(file, SigningKey::generate));
        } catch (IOException failure) {
            throw new CannotStart(
                    "the development signing key `" + file + "` cannot be read or made (" + failure + ")",
                    "choose a writable `accord.development.directory`",
                    failure);
        } catch (ParseException failure) {
            throw new CannotStart(
                    "the development signing key `" + file + "` is damaged",
                    "remove it; the next start makes another",
                    failure);
        }
    }

    private static String generate() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyID("development-only-" + UUID.randomUUID())
                    .generate()
                    .toJSONString();
        } catch (JOSEException noRsa) {
            throw new IllegalStateException("this Java has no RSA", noRsa);
        }
    }
}
