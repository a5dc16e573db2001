package org.accordhie.exchange;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.accordhie.AccordApplication;

/** Names the code that a test is about, so that what was found with other code does not count for it. */
public final class CodeUnderTest {

    private static final int SHOWN = 16;

    private CodeUnderTest() {}

    /** The same for the same classes and resources of the exchange, whether they are in a directory or in a jar. */
    public static String digest() throws IOException {
        return digest("");
    }

    /** The same, and changes also with the classes of a package of tests. */
    public static String digestWith(Class<?> test) throws IOException {
        var directory = locationOf(test).resolve(test.getPackageName().replace('.', '/'));
        return digest(digestOf(directory, ""));
    }

    private static String digest(String further) throws IOException {
        var location = locationOf(AccordApplication.class);
        if (Files.isDirectory(location)) {
            return digestOf(location, further);
        }
        try (var jar = FileSystems.newFileSystem(URI.create("jar:" + location.toUri()), Map.of())) {
            return digestOf(jar.getPath("/"), further);
        }
    }

    private static String digestOf(Path root, String further) throws IOException {
        try (var files = Files.walk(root)) {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(further.getBytes(StandardCharsets.UTF_8));
            for (var file : files.filter(CodeUnderTest::counts)
                    .sorted((one, other) -> nameIn(root, one).compareTo(nameIn(root, other)))
                    .toList()) {
                digest.update(nameIn(root, file).getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, SHOWN);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256 is in every Java", missing);
        }
    }

    /** What the build says of itself differs with each build. */
    private static boolean counts(Path file) {
        return Files.isRegularFile(file) && !file.toString().contains("META-INF");
    }

    private static String nameIn(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private static Path locationOf(Class<?> type) throws IOException {
        try {
            return Path.of(Objects.requireNonNull(type.getProtectionDomain().getCodeSource())
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IOException(impossible);
        }
    }
}
