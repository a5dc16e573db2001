package org.accordhie.local;

import java.util.List;
import org.accordhie.local.load.ReplayCommand;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Verifies, exports, prunes and replays the audit trail. */
@Command(
        name = "audit",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = {"Verifies, exports, prunes and replays the audit trail, beside running servers.", ""},
        commandListHeading = "%nCommands:%n",
        subcommands = {
            AuditVerifyCommand.class,
            AuditExportCommand.class,
            AuditPruneCommand.class,
            AuditKeyCommand.class,
            ReplayCommand.class
        })
final class AuditCommand {

    static final int STOPPED = 3;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this text")
    boolean help;

    static ConfigurableApplicationContext context(List<String> settings) {
        return new SpringApplicationBuilder(AuditContext.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .run(settings.toArray(String[]::new));
    }
}
