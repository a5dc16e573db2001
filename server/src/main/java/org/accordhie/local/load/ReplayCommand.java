package org.accordhie.local.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Has past decisions made once more by a running exchange, all of a span of time or a sample. */
@Command(
        name = "replay",
        sortOptions = false,
        description = {
            "Asks a running exchange to decide the releases and the refused reads of a span of time once more, from the versions that they rested"
                    + " on, and says where something else comes out. It asks as a privacy officer, and leaves events as every"
                    + " officer's question does.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:nothing would come out the other way",
            "1:something would",
            "2:wrong arguments",
            "3:could not go on"
        })
public final class ReplayCommand implements Callable<Integer> {

    static final int HIDDEN = 1;
    static final int STOPPED = 3;

    @Option(names = "--url", paramLabel = "URL", description = "the exchange's FHIR address (${DEFAULT-VALUE})")
    private URI url = URI.create("http://127.0.0.1:8080/fhir");

    @Option(names = "--token-url", paramLabel = "URL", description = "where tokens are got (the exchange is asked)")
    private @Nullable URI tokenUrl;

    @Option(names = "--client-id", paramLabel = "ID", description = "the client to ask as (${DEFAULT-VALUE})")
    private String clientId = "dev-privacy-officer";

    @Option(
            names = "--client-secret",
            paramLabel = "SECRET",
            defaultValue = "${env:ACCORD_CLIENT_SECRET:-development-only-privacy-officer}",
            description =
                    "its secret; better given as ACCORD_CLIENT_SECRET (the development secret of the default client)")
    private String clientSecret = "";

    @Option(names = "--scope", paramLabel = "SCOPES", description = "what the token is to permit (${DEFAULT-VALUE})")
    private String scope = "user/AuditEvent.rs";

    @Option(
            names = "--from",
            paramLabel = "INSTANT",
            converter = InstantConverter.class,
            description = "the first instant, such as 2026-01-31T00:00:00Z (a day before the last)")
    private @Nullable Instant from;

    @Option(
            names = "--until",
            paramLabel = "INSTANT",
            converter = InstantConverter.class,
            description = "the instant behind the last (now)")
    private @Nullable Instant until;

    @Option(names = "--sample", paramLabel = "N", description = "only so many releases, at most 5000 (all)")
    private @Nullable Integer sample;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "which sample; the same seed takes the same (${DEFAULT-VALUE})")
    private int seed;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this text")
    boolean help;

    @Override
    public Integer call() throws InterruptedException {
        var last = until == null ? Instant.now() : until;
        var first = from == null ? last.minus(Duration.ofDays(1)) : from;
        if (!first.isBefore(last)) {
            System.err.println("--from must be before --until");
            return CommandLine.ExitCode.USAGE;
        }
        try {
            var replays = new Replays(exchange(), System.out);
            var chosen = sample == null ? replays.all(first, last) : replays.some(first, last, sample, seed);
            System.out.printf("%s to %s: %s%n", first, last, chosen);
            return chosen.hidden() + chosen.refused() > 0 ? HIDDEN : 0;
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
        return new Exchange(http, url, new AccessTokens(http, client, Clock.systemUTC()), Retries.USUAL);
    }

    /** Reads an instant, with a message that says how one is written. */
    static final class InstantConverter implements ITypeConverter<Instant> {

        @Override
        public Instant convert(String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException malformed) {
                throw new TypeConversionException("`" + text + "` is no instant such as 2026-01-31T00:00:00Z");
            }
        }
    }
}
