package org.accordhie.local;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.fhirserver.TrustedIssuer;
import org.accordhie.local.keycloak.ClientKeys;
import org.accordhie.local.keycloak.Realm;
import org.accordhie.local.keycloak.RealmPlan;
import org.accordhie.smart.Partner;
import org.accordhie.smart.PartnerRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.dao.DataAccessException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Prints a realm for Keycloak, made of the partner registry. */
@Command(
        name = "keycloak-realm",
        sortOptions = false,
        description = {
            "Prints a realm for Keycloak 26 to import: each client of the partner registry that is not suspended, with the"
                    + " scopes and purposes it may use. Reads the registry in the database, beside running servers, with"
                    + " the settings they have; give them in the same way.",
            "",
            "  accord keycloak-realm --issuer https://login.example.org/realms/accord \\",
            "    --keys riverside-clinic=https://clinic.example.org/jwks.json > accord-realm.json",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:a realm", "2:wrong arguments", "3:the registry cannot be read"})
final class KeycloakRealmCommand implements Callable<Integer> {

    private static final int STOPPED = 3;
    private static final String REALMS = "/realms/";

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--issuer",
            paramLabel = "ISSUER",
            description = "which of the trusted issuers the realm is to be (the first)")
    private @Nullable URI issuer;

    @Option(names = "--realm", paramLabel = "NAME", description = "its name (as the issuer's address says)")
    private @Nullable String realm;

    @Option(
            names = "--keys",
            paramLabel = "CLIENT=KEYS",
            description = "where a client's public keys are: an address, or a file with a JSON Web Key Set")
    private Map<String, String> keys = new LinkedHashMap<>();

    @Option(
            names = "--app",
            paramLabel = "CLIENT=URI[,URI...]",
            description = "a client that people launch, and where it is sent back to; it is public unless it has keys")
    private Map<String, String> apps = new LinkedHashMap<>();

    @Option(names = "--settings-only", description = "the partners of the settings alone, without a database")
    private boolean settingsOnly;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this text")
    boolean help;

    @Unmatched
    private List<String> settings = new ArrayList<>();

    @Override
    public Integer call() {
        var context = new SpringApplicationBuilder(
                        settingsOnly ? RegistryContext.OfSettings.class : RegistryContext.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                // What is printed is the realm and nothing else.
                .properties("logging.threshold.console=ERROR");
        try (var running = context.run(settings.toArray(String[]::new))) {
            print(plan(running.getBean(AccordProperties.class), running.getBean(PartnerRegistry.class)));
            return 0;
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), String.valueOf(wrong.getMessage()));
        } catch (CannotStart stopped) {
            System.err.println("stopped: " + stopped.getMessage());
            return STOPPED;
        } catch (DataAccessException unreadable) {
            System.err.println("stopped: the database holds no partner registry; start the server on it once");
            return STOPPED;
        } catch (BeansException notStarted) {
            // Spring Boot has said why, and what to do.
            return STOPPED;
        }
    }

    private static void print(RealmPlan plan) {
        System.out.println(Realm.of(plan));
        plan.clientsWithoutKeys()
                .forEach(client -> System.err.println("`" + client + "` has no keys yet, and will get no token"));
    }

    private RealmPlan plan(AccordProperties settings, PartnerRegistry registry) {
        var chosen = chosen(settings);
        var prefix = chosen.equals(settings.token()) ? "" : chosen.issuer() + "|";
        var partners = registry.all().stream()
                .filter(partner -> partner.clientId().startsWith(prefix)
                        && partner.clientId().indexOf('|', prefix.length()) < 0)
                .map(partner -> renamed(partner, partner.clientId().substring(prefix.length())))
                .toList();
        var keysOfClients = new LinkedHashMap<String, ClientKeys>();
        keys.forEach((client, where) -> keysOfClients.put(client, ClientKeys.read(where)));
        var addresses = new LinkedHashMap<String, List<String>>();
        apps.forEach((client, redirects) -> addresses.put(client, List.of(redirects.split(",", -1))));
        return new RealmPlan(
                realm == null ? nameIn(chosen.issuer()) : realm,
                chosen.audiences().get(0),
                partners,
                keysOfClients,
                addresses);
    }

    private TrustedIssuer chosen(AccordProperties settings) {
        return issuer == null
                ? settings.token()
                : Stream.concat(Stream.of(settings.token()), settings.smart().furtherIssuers().stream())
                        .filter(each -> each.issuer().equals(issuer))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("`" + issuer + "` is no trusted issuer"));
    }

    private static String nameIn(URI issuer) {
        var path = String.valueOf(issuer.getPath());
        var start = path.indexOf(REALMS);
        return start < 0 ? "accord" : path.substring(start + REALMS.length());
    }

    private static Partner renamed(Partner partner, String clientId) {
        return new Partner(
                clientId,
                partner.organization(),
                partner.partOf(),
                partner.purposes(),
                partner.roles(),
                partner.scopes());
    }
}
