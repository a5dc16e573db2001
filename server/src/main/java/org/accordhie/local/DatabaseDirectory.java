package org.accordhie.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where embedded PostgreSQL keeps everything: the cluster, and beside it its binaries, its log and its two passwords.
 *
 * <p>Closed to other users of the machine, and locked by one server at a time for as long as it runs.
 */
record DatabaseDirectory(Path path, FileChannel lock) implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final int LOG_LINES = 5;

    /** Makes the directory if need be, and locks it. */
    static DatabaseDirectory open(Path directory) {
        var path = directory.toAbsolutePath().normalize();
        try {
            OwnersFile.createDirectory(path);
            refuseWhatIsNotOurs(path);
            OwnersFile.close(path);
            var channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new CannotStart(
                        "embedded PostgreSQL's directory `" + path + "` is in use by another running server",
                        "stop that server, or give this one its own `accord.database.directory` and"
                                + " `accord.database.port`");
            }
            return new DatabaseDirectory(path, channel);
        } catch (IOException failure) {
            throw new CannotStart(
                    "embedded PostgreSQL's directory `" + path + "` cannot be made or written (" + failure + ")",
                    "choose a writable `accord.database.directory`, or set `accord.database.url` to use a PostgreSQL"
                            + " of your own",
                    failure);
        }
    }

    Path cluster() {
        return path.resolve("cluster");
    }

    Path binaries() {
        return path.resolve("binaries");
    }

    Path log() {
        return path.resolve("postgresql.log");
    }

    Path superuserPasswordFile() {
        return path.resolve("superuser.password");
    }

    String superuserPassword() throws IOException {
        return OwnersFile.readOrCreate(superuserPasswordFile(), OwnersFile::randomPassword);
    }

    String accordPassword() throws IOException {
        return OwnersFile.readOrCreate(path.resolve("accord.password"), OwnersFile::randomPassword);
    }

    /** The last lines PostgreSQL or its tools wrote; empty if they wrote none. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException noLog) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    /** The directory is about to be closed to other users, which may be the end of a machine if it is {@code /tmp}. */
    private static void refuseWhatIsNotOurs(Path path) throws IOException {
        try (var content = Files.list(path)) {
            if (Files.notExists(path.resolve(LOCK)) && content.findAny().isPresent()) {
                throw new CannotStart(
                        "`" + path + "` holds other things than embedded PostgreSQL's",
                        "choose an empty `accord.database.directory`, or one that does not exist yet");
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }
}
