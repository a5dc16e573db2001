package org.accordhie.local.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Pushes a directory of bundles to an exchange. */
@Command(
        name = "load",
        sortOptions = false,
        description = {
            "Pushes every *.json bundle of a directory, in the order of the names, to a running exchange.",
            "",
            "Interrupted, it goes on where it stopped: .accord-load-state in the directory names what is stored. What the"
                    + " exchange rejects is listed in rejected.txt with entry, path and reason, and tried again by the"
                    + " next run.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:all of it is stored", "1:a bundle was rejected", "2:wrong arguments", "3:could not go on"})
public final class LoadCommand implements Callable<Integer> {

    static final int REJECTED = 1;
    static final int STOPPED = 3;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "the directory")
    private Path directory = Path.of("");

    @Option(names = "--url", paramLabel = "URL", description = "the exchange's FHIR address (${DEFAULT-VALUE})")
    private URI url = URI.create("http://127.0.0.1:8080/fhir");

    @Option(names = "--token-url", paramLabel = "URL", description = "where tokens are got (the exchange is asked)")
    private @Nullable URI tokenUrl;

    @Option(names = "--client-id", paramLabel = "ID", description = "the client to push as (${DEFAULT-VALUE})")
    private String clientId = "dev-lakeside-hospital";

    @Option(
            names = "--client-secret",
            paramLabel = "SECRET",
            defaultValue = "${env:ACCORD_CLIENT_SECRET:-development-only-lakeside-hospital}",
            description =
                    "its secret; better given as ACCORD_CLIENT_SECRET (the development secret of the default client)")
    private String clientSecret = "";

    @Option(names = "--scope", paramLabel = "SCOPES", description = "what the token is to permit (${DEFAULT-VALUE})")
    private String scope = "system/*.cruds";

    @Option(names = "--restart", description = "push everything again, also what is stored already")
    private boolean restart;

    @Option(names = "--stop-on-error", description = "stop at the first bundle that is rejected")
    private boolean stopOnError;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this text")
    boolean help;

    private Retries retries = Retries.USUAL;

    /** With other pauses, for tests. */
    LoadCommand with(Retries other) {
        retries = other;
        return this;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(commandLine(), "`" + directory + "` is no directory");
        }
        var files = BundleFile.in(directory);
        if (files.isEmpty()) {
            throw new ParameterException(commandLine(), "`" + directory + "` holds no *.json");
        }
        try {
            var state = LoadState.in(directory, url + " " + clientId, restart);
            return new Load(exchange(), state, stopOnError, System.out).run(directory, files);
        } catch (LoadStopped stopped) {
            System.err.println("stopped: " + stopped.getMessage());
            return STOPPED;
        }
    }

    private Exchange exchange() throws LoadStopped, InterruptedException {
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        var endpoint = tokenUrl == null ? Exchange.tokenEndpoint(http, url) : tokenUrl;
        var client = new AccessTokens.Client(endpoint, clientId, clientSecret, scope);
        return new Exchange(http, url, new AccessTokens(http, client, Clock.systemUTC()), retries);
    }

    private picocli.CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return spec.commandLine();
    }
}
