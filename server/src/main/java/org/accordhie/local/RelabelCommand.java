package org.accordhie.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.accordhie.labels.fhir.Labeller;
import org.accordhie.labels.fhir.Relabelling;
import org.accordhie.labels.jpa.EpochTable;
import org.accordhie.labels.jpa.VersionTable;
import org.springframework.beans.BeansException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** Labels stored records by the rules of today. */
@Command(
        name = "relabel",
        sortOptions = false,
        description = {
            "Labels stored records by the rules of today, after a rule has changed. Works on the database, beside running"
                    + " servers, with the settings they have; give them in the same way. Restart the servers with the new"
                    + " rules first, so that what is pushed meanwhile is labelled by them.",
            "",
            "Each patient's record is one transaction. Interrupted, it goes on where it stopped.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:everything is labelled by these rules",
            "1:stopped after --at-most, to be gone on with",
            "2:wrong arguments",
            "3:could not go on"
        })
final class RelabelCommand implements Callable<Integer> {

    static final int UNFINISHED = 1;
    static final int STOPPED = 3;

    @Option(names = "--dry-run", description = "count what would change, and change nothing")
    private boolean dryRun;

    @Option(names = "--restart", description = "begin anew, also where an earlier run is unfinished")
    private boolean restart;

    @Option(names = "--at-most", paramLabel = "N", description = "stop after N patients, to be gone on with later")
    private int atMost = Integer.MAX_VALUE;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this text")
    boolean help;

    @Unmatched
    private List<String> settings = new ArrayList<>();

    @Override
    public Integer call() {
        var context = new SpringApplicationBuilder(RelabelContext.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false);
        try (var running = context.run(settings.toArray(String[]::new))) {
            var relabel = new Relabel(
                    running.getBean(TransactionTemplate.class),
                    running.getBean(VersionTable.class),
                    running.getBean(EpochTable.class),
                    running.getBean(Relabelling.class),
                    running.getBean(Labeller.class).version(),
                    System.out);
            var finished = dryRun ? relabel.count(atMost) : relabel.run(restart, atMost);
            return finished ? 0 : UNFINISHED;
        } catch (CannotStart stopped) {
            System.err.println("stopped: " + stopped.getMessage());
            return STOPPED;
        } catch (BeansException notStarted) {
            // Spring Boot has said why, and what to do.
            return STOPPED;
        }
    }
}
