package org.accordhie.local;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.sealing.AnchorKeyFile;
import org.accordhie.sealing.AnchorKeys;
import org.accordhie.sealing.AnchorSigner;
import org.accordhie.sealing.Pruned;
import org.accordhie.sealing.jpa.TrailPruning;
import org.springframework.beans.BeansException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** Removes what has been kept long enough. */
@Command(
        name = "prune",
        sortOptions = false,
        description = {
            "Removes events that were recorded before a day, and leaves their anchors with a signed statement, so that the rest is"
                    + " verified as before. What is younger than `accord.audit.retention` (six years, unless set) is not removed."
                    + " Export it first if it is to be kept elsewhere.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:removed, or nothing to remove",
            "2:wrong arguments, such as a day that is too late",
            "3:could not be removed"
        })
final class AuditPruneCommand implements Callable<Integer> {

    static final int TOO_LATE = 2;

    @Option(
            names = "--before",
            required = true,
            paramLabel = "DAY",
            description = "such as 2020-01-01; its first instant in UTC")
    private LocalDate before = LocalDate.EPOCH;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "further public keys whose signatures count, such as former ones. May be repeated")
    private List<Path> keys = new ArrayList<>();

    @Option(names = "--dry-run", description = "count what would be removed, and remove nothing")
    private boolean dryRun;

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
            var properties = running.getBean(AccordProperties.class);
            var instant = before.atStartOfDay().toInstant(ZoneOffset.UTC);
            if (instant.isAfter(Instant.now().minus(properties.audit().retention()))) {
                System.err.println("stopped: events are kept for "
                        + properties.audit().retention().toDays() + " days (`accord.audit.retention`)");
                return TOO_LATE;
            }
            var pair = AnchorKeyFile.pair(AuditVerifyCommand.keyOf(properties));
            var trusted = new ArrayList<PublicKey>(List.of(pair.getPublic()));
            for (var each : keys) {
                trusted.addAll(AnchorKeyFile.publicKeys(each));
            }
            var pruning = new TrailPruning(
                    running.getBean(TransactionTemplate.class),
                    running.getBean(JdbcClient.class),
                    new AnchorSigner(pair.getPrivate(), pair.getPublic()),
                    new AnchorKeys(trusted),
                    Clock.systemUTC());
            tell(pruning.prune(instant, dryRun));
            return 0;
        } catch (IOException failed) {
            System.err.println("stopped: " + failed);
            return AuditCommand.STOPPED;
        } catch (IllegalStateException notWhole) {
            System.err.println("stopped: " + notWhole.getMessage());
            return AuditCommand.STOPPED;
        } catch (CannotStart stopped) {
            System.err.println("stopped: " + stopped.getMessage());
            return AuditCommand.STOPPED;
        } catch (BeansException notStarted) {
            // Spring Boot has said why, and what to do.
            return AuditCommand.STOPPED;
        }
    }

    private void tell(Optional<Pruned> pruned) {
        System.out.println(pruned.map(done -> "%,d events %s, those of the anchors through %d"
                        .formatted(done.events(), dryRun ? "would be removed" : "are removed", done.through()))
                .orElse("nothing to remove"));
    }
}
