package org.accordhie.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.accordhie.sealing.TrailFile;
import org.accordhie.sealing.jpa.DatabaseTrail;
import org.springframework.beans.BeansException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** Writes the sealed trail into a file. */
@Command(
        name = "export",
        sortOptions = false,
        description = {
            "Writes the sealed part of the audit trail into a file, with its anchors, so that it can be kept and verified elsewhere"
                    + " (`audit verify --file`). The file names patients, and is readable for its owner alone.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:written", "2:wrong arguments", "3:could not be written, or there is such a file"})
final class AuditExportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "where to write it; it must not exist")
    private Path file = Path.of("audit-trail.txt");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this text")
    boolean help;

    @Unmatched
    private List<String> settings = new ArrayList<>();

    @Override
    public Integer call() {
        try (var running = AuditCommand.context(settings)) {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            OwnersFile.readOrCreate(file.toAbsolutePath(), () -> "");
            var jdbc = running.getBean(JdbcClient.class);
            var snapshot = running.getBean(TransactionTemplate.class);
            snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
            var rows = snapshot.execute(status -> write(new DatabaseTrail(jdbc)));
            System.out.printf("%,d rows are in %s%n", rows, file);
            return 0;
        } catch (IOException | UncheckedIOException failed) {
            System.err.println("stopped: " + failed);
            return AuditCommand.STOPPED;
        } catch (CannotStart stopped) {
            System.err.println("stopped: " + stopped.getMessage());
            return AuditCommand.STOPPED;
        } catch (BeansException notStarted) {
            // Spring Boot has said why, and what to do.
            return AuditCommand.STOPPED;
        }
    }

    private long write(DatabaseTrail trail) {
        try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.TRUNCATE_EXISTING)) {
            return TrailFile.write(trail, out);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
