package org.accordhie.sealing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Keys for anchors as text: the blocks {@code PRIVATE KEY} and {@code PUBLIC KEY} of RFC 7468, both Ed25519. Who only verifies
 * needs the public one alone; a file may hold those of several servers.
 */
public final class AnchorKeyFile {

    /** What the file is called that development mode makes. */
    public static final String DEVELOPMENT = "development-only-audit-key.pem";

    private static final String ALGORITHM = "Ed25519";
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (PRIVATE|PUBLIC) KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1 KEY-----");

    private AnchorKeyFile() {}

    /** A new pair, as the text of a file. */
    private static String generate() {
        try {
            var pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return block("PRIVATE", pair.getPrivate().getEncoded()) + publicText(pair.getPublic());
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has Ed25519 since 15", never);
        }
    }

    /** The pair to sign with, which is made, readable for its owner alone, if there is no file. */
    public static KeyPair pairOrNew(Path file) throws IOException {
        if (Files.notExists(file)) {
            create(file);
        }
        return pair(file);
    }

    /**
     * Makes a file with a new pair, readable for its owner alone.
     *
     * @throws FileAlreadyExistsException if there is one: a key that has signed must not be lost
     */
    public static void create(Path file) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        var home = file.toAbsolutePath().getParent();
        Files.createDirectories(home);
        // A temporary file is its owner's alone.
        var unfinished = Files.createTempFile(home, file.getFileName() + ".", ".new");
        Files.writeString(unfinished, generate(), StandardCharsets.UTF_8);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A public key as the text of a file. */
    public static String publicText(PublicKey key) {
        return block("PUBLIC", key.getEncoded());
    }

    /**
     * The pair to sign with.
     *
     * @throws IOException if the file cannot be read, or does not hold one private and one public key
     */
    public static KeyPair pair(Path file) throws IOException {
        var text = Files.readString(file, StandardCharsets.UTF_8);
        var secret = blocks(text, "PRIVATE");
        var open = publicKeys(text);
        if (secret.size() != 1 || open.size() != 1) {
            throw new IOException("needs one block PRIVATE KEY and one block PUBLIC KEY");
        }
        try {
            var key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(secret.get(0)));
            return new KeyPair(open.get(0), key);
        } catch (GeneralSecurityException noKey) {
            throw new IOException("holds no Ed25519 key", noKey);
        }
    }

    /**
     * The public keys of a file.
     *
     * @throws IOException if it cannot be read, or holds something else as such
     */
    public static List<PublicKey> publicKeys(Path file) throws IOException {
        return publicKeys(Files.readString(file, StandardCharsets.UTF_8));
    }

    private static List<PublicKey> publicKeys(String text) throws IOException {
        var keys = new ArrayList<PublicKey>();
        for (var octets : blocks(text, "PUBLIC")) {
            try {
                keys.add(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(octets)));
            } catch (GeneralSecurityException noKey) {
                throw new IOException("holds no Ed25519 key", noKey);
            }
        }
        return keys;
    }

    private static List<byte[]> blocks(String text, String kind) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> block.group(1).equals(kind))
                .map(block -> Base64.getMimeDecoder().decode(block.group(2).strip()))
                .toList();
    }

    private static String block(String kind, byte[] octets) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN %s KEY-----%n%s%n-----END %s KEY-----%n".formatted(kind, lines.encodeToString(octets), kind);
    }
}
