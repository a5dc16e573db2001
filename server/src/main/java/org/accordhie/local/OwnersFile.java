package org.accordhie.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.function.Supplier;

/** Files and directories that only the user who runs the server may read. */
final class OwnersFile {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PASSWORD_BYTES = 24;

    private OwnersFile() {}

    /** The text of the file; if there is none, the file is made with that content first, complete or not at all. */
    static String readOrCreate(Path file, Supplier<String> content) throws IOException {
        if (Files.notExists(file)) {
            var unfinished =
                    Files.createTempFile(file.getParent(), file.getFileName() + ".", ".new", only("rw-------"));
            Files.writeString(unfinished, content.get(), StandardCharsets.UTF_8);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    /** Makes the directory and those above it, closed to everybody else; leaves one that exists as it is. */
    static void createDirectory(Path directory) throws IOException {
        Files.createDirectories(directory, only("rwx------"));
    }

    /** Closes an existing directory to everybody else. */
    static void close(Path directory) throws IOException {
        if (isPosix()) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Letters, digits, {@code -} and {@code _} only. */
    static String randomPassword() {
        var bytes = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static FileAttribute<?>[] only(String permissions) {
        if (!isPosix()) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> allowed = PosixFilePermissions.fromString(permissions);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(allowed)};
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
