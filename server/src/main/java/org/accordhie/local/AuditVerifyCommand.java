package org.accordhie.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.sealing.Anchor;
import org.accordhie.sealing.AnchorKeyFile;
import org.accordhie.sealing.AnchorKeys;
import org.accordhie.sealing.SealedTrail;
import org.accordhie.sealing.TrailFile;
import org.accordhie.sealing.Verification;
import org.accordhie.sealing.jpa.DatabaseTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** Looks whether the audit trail is as it was sealed. */
@Command(
        name = "verify",
        sortOptions = false,
        description = {
            "Looks whether the audit trail is as it was sealed, and names the first bad or missing row or anchor. Without"
                    + " --file it works on the database of the settings, which are given as to the server.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:it is as it was sealed", "1:it is not", "2:wrong arguments", "3:could not be verified"})
final class AuditVerifyCommand implements Callable<Integer> {

    static final int TAMPERED = 1;

    private static final int SHOWN = 20;
    private static final Duration STALE = Duration.ofSeconds(90);

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "a trail that `audit export` wrote, instead of the database")
    private @Nullable Path file;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "public keys whose signatures count; without it, that of `accord.audit.signing-key`. May be repeated")
    private List<Path> keys = new ArrayList<>();

    @Option(
            names = "--witness",
            paramLabel = "FILE",
            description =
                    "anchors that were kept elsewhere: with them an end that was cut off is found. May be repeated")
    private List<Path> witnesses = new ArrayList<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this text")
    boolean help;

    @Unmatched
    private List<String> settings = new ArrayList<>();

    @Override
    public Integer call() {
        try {
            return file == null ? ofDatabase() : ofFile(file);
        } catch (IllegalArgumentException unreadable) {
            System.out.println("NOT as it was sealed: " + unreadable.getMessage());
            return TAMPERED;
        } catch (IOException | UncheckedIOException failed) {
            System.err.println("stopped: " + failed);
        } catch (CannotStart stopped) {
            System.err.println("stopped: " + stopped.getMessage());
        } catch (BeansException notStarted) {
            // Spring Boot has said why, and what to do.
            return AuditCommand.STOPPED;
        }
        return AuditCommand.STOPPED;
    }

    private int ofFile(Path trail) throws IOException {
        if (keys.isEmpty()) {
            System.err.println("stopped: a file is verified with --key");
            return AuditCommand.STOPPED;
        }
        try (var read = new TrailFile(trail)) {
            return tell(verify(read, publicKeys(keys)));
        }
    }

    private int ofDatabase() throws IOException {
        try (var running = AuditCommand.context(settings)) {
            var jdbc = running.getBean(JdbcClient.class);
            var properties = running.getBean(AccordProperties.class);
            var trusted = publicKeys(keys.isEmpty() ? List.of(keyOf(properties)) : keys);
            var snapshot = running.getBean(TransactionTemplate.class);
            snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
            var status = snapshot.execute(transaction -> tell(verify(new DatabaseTrail(jdbc), trusted)));
            return status == null ? AuditCommand.STOPPED : status;
        }
    }

    private Verification.Report verify(SealedTrail trail, AnchorKeys trusted) {
        return new Verification(trail, trusted, witnessed()).run();
    }

    private int tell(Verification.Report report) {
        report.findings().stream().limit(SHOWN).forEach(finding -> System.out.println(finding.sentence()));
        if (report.findings().size() > SHOWN) {
            System.out.println("... and " + (report.findings().size() - SHOWN) + " more");
        }
        System.out.printf(
                "%s: %,d rows under %,d anchors, %,d rows pruned, sealed until %s, at most %d s between anchors%n",
                report.isWhole() ? "as it was sealed" : "NOT as it was sealed",
                report.rows(),
                report.anchors(),
                report.pruned(),
                report.sealedUntil(),
                report.longestGap().toSeconds());
        var until = report.sealedUntil();
        if (file == null && (until == null || until.isBefore(Instant.now().minus(STALE)))) {
            System.out.println(
                    "the last anchor is older than a server that runs would leave it: if one runs, the end is cut off"
                            + " (--witness tells)");
        }
        if (report.anchors() == 0) {
            System.out.println("there is no anchor: nothing is sealed, or everything was removed");
            return TAMPERED;
        }
        return report.isWhole() ? 0 : TAMPERED;
    }

    private List<Anchor> witnessed() {
        return witnesses.stream()
                .flatMap(witness -> {
                    try {
                        return Files.readAllLines(witness).stream();
                    } catch (IOException unreadable) {
                        throw new UncheckedIOException(unreadable);
                    }
                })
                .map(Anchor::parse)
                .toList();
    }

    static Path keyOf(AccordProperties properties) {
        var file = properties.audit().signingKey();
        return file == null ? properties.development().directory().resolve(AnchorKeyFile.DEVELOPMENT) : file;
    }

    private static AnchorKeys publicKeys(List<Path> files) throws IOException {
        var all = new ArrayList<PublicKey>();
        for (var each : files) {
            var found = AnchorKeyFile.publicKeys(each);
            if (found.isEmpty()) {
                throw new IOException(each + " holds no public key");
            }
            all.addAll(found);
        }
        return new AnchorKeys(all);
    }
}
