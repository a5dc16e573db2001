package org.accordhie.local;

import org.accordhie.local.load.LoadCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands of the jar. Without one it is the server. */
@Command(
        name = "accord",
        synopsisSubcommandLabel = "[COMMAND | SETTING...]",
        description = {
            "Without a command, starts the exchange. Every setting can be given as an argument, such as"
                    + " --server.port=8080 or --accord.database.url=jdbc:postgresql://host/name.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        subcommands = {
            LoadCommand.class,
            AuditCommand.class,
            RelabelCommand.class,
            PoliciesCommand.class,
            TokenCommand.class,
            KeycloakRealmCommand.class
        })
public final class Commands {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this text")
    boolean help;

    private Commands() {}

    /** Whether the arguments are for a command, rather than settings of the server. */
    public static boolean areMeantBy(String... arguments) {
        if (arguments.length == 0) {
            return false;
        }
        var first = arguments[0];
        return !first.startsWith("-") || first.equals("--help") || first.equals("-h");
    }

    /** Runs the command that the first argument names; returns the exit status. */
    public static int run(String... arguments) {
        return new CommandLine(new Commands()).execute(arguments);
    }
}
