package org.accordhie.local.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A file with a bundle.
 *
 * @param path where it is
 * @param bytes its size
 */
record BundleFile(Path path, long bytes) {

    private static final JsonFactory JSON = new JsonFactory();

    /** The bundles of a directory, in the order of their names. */
    static List<BundleFile> in(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            var paths = files.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .sorted()
                    .toList();
            var bundles = new java.util.ArrayList<BundleFile>();
            for (var path : paths) {
                bundles.add(new BundleFile(path, Files.size(path)));
            }
            return bundles;
        }
    }

    String name() {
        return path.getFileName().toString();
    }

    byte[] read() throws IOException {
        return Files.readAllBytes(path);
    }

    /** The SHA-256 of some content, in hexadecimal. */
    static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException none) {
            throw new IllegalStateException("this Java has no SHA-256", none);
        }
    }

    /** How many entries a bundle has; 0 for what is none, which the exchange will say. */
    static int entries(byte[] bundle) throws IOException {
        try (var parser = JSON.createParser(bundle)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return 0;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var isEntry = parser.currentName().equals("entry");
                var value = parser.nextToken();
                if (isEntry && value == JsonToken.START_ARRAY) {
                    return elements(parser);
                }
                parser.skipChildren();
            }
            return 0;
        } catch (com.fasterxml.jackson.core.JacksonException malformed) {
            return 0;
        }
    }

    private static int elements(JsonParser parser) throws IOException {
        var elements = 0;
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            parser.skipChildren();
            elements++;
        }
        return elements;
    }
}
