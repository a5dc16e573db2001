package org.accordhie.fhirserver;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.PurposeOfUse;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * All of Accord's settings, prefix {@code accord}. A setting that is wrong or unknown stops the start.
 *
 * @param mode {@code DEVELOPMENT} (the one-command run) or {@code PRODUCTION}, which refuses every convenience of it
 * @param baseUrl the address under which clients reach the FHIR API, without a trailing slash
 * @param database where the records are kept
 * @param token the issuer whose tokens are accepted; the server refuses to start without an issuer and an audience
 * @param smart further issuers, web origins and client certificates
 * @param partners who may ask at all
 * @param limits what one request may cost
 * @param export how bulk exports are carried out
 * @param audit how the audit trail is sealed and kept
 * @param policies the rules of law and organisation that an empty database starts with
 * @param sample whether an empty development server loads the sample records
 * @param labels what makes a record sensitive
 * @param breakGlass what a declared emergency is bound to
 * @param review which accesses are brought before a human
 * @param development the authorization server of the one-command run
 */
@Validated
@ConfigurationProperties(prefix = "accord", ignoreUnknownFields = false)
public record AccordProperties(
        @DefaultValue("DEVELOPMENT") Mode mode,
        @NotNull URI baseUrl,
        @Valid @DefaultValue Database database,
        @Valid @NotNull TrustedIssuer token,
        @Valid @DefaultValue SmartProperties smart,
        @Valid @DefaultValue List<Partner> partners,
        @Valid @DefaultValue Limits limits,
        @Valid @DefaultValue Export export,
        @Valid @DefaultValue Audit audit,
        @Valid @DefaultValue Policies policies,
        @DefaultValue("true") boolean sample,
        @Valid @DefaultValue Labels labels,
        @Valid @DefaultValue BreakGlass breakGlass,
        @Valid @DefaultValue ReviewProperties review,
        @Valid @DefaultValue Development development) {

    public AccordProperties {
        partners = List.copyOf(partners);
    }

    /** Whether this is a laptop or the real thing. */
    public boolean isProduction() {
        return mode == Mode.PRODUCTION;
    }

    /** How the server is run. */
    public enum Mode {
        DEVELOPMENT,
        PRODUCTION
    }

    /**
     * The PostgreSQL database, version 14 or newer.
     *
     * @param url a JDBC address; empty starts embedded PostgreSQL, which production mode refuses
     * @param user the server's role
     * @param password that role's password
     * @param owner the role that owns the tables and brings them to the version of the server; empty for the server's own,
     *     which production mode refuses, since it could change the audit trail
     * @param ownerPassword that role's password
     * @param directory where embedded PostgreSQL keeps its data
     * @param port embedded PostgreSQL's port on 127.0.0.1
     */
    public record Database(
            @DefaultValue("") String url,
            @DefaultValue("accord") String user,
            @DefaultValue("") String password,
            @DefaultValue("") String owner,
            @DefaultValue("") String ownerPassword,
            @DefaultValue("data/postgresql") Path directory,
            @DefaultValue("54329") int port) {}

    /**
     * One OAuth client of a partner organisation, and what the exchange trusts it with.
     *
     * @param clientId the client in the token; of a further issuer, {@code [issuer]|[client]}
     * @param organization the partner, as {@code Organization/[id]}
     * @param partOf the organisations above it, as {@code Organization/[id]}
     * @param purposes the purposes of use it may assert
     * @param roles what it may be
     */
    public record Partner(
            @NotBlank String clientId,
            @NotBlank String organization,
            @DefaultValue Set<String> partOf,
            @DefaultValue Set<PurposeOfUse> purposes,
            @DefaultValue Set<ExchangeRole> roles) {

        public Partner {
            partOf = Set.copyOf(partOf);
            purposes = Set.copyOf(purposes);
            roles = Set.copyOf(roles);
        }
    }

    /**
     * Bounds that keep one request's cost finite.
     *
     * @param bodyBytes the largest request body, in bytes
     * @param depth the deepest nesting of a body
     * @param bundleEntries the most entries of one bundle
     * @param urlCharacters the longest request address with its query
     * @param formBytes the largest posted search form, in bytes
     * @param statement how long the database may take for one question of a reader
     * @param pageSize the entries of a page when the client does not say
     * @param maxPageSize the most entries of a page, and of how many matches a search tells the total unless it is asked for
     */
    public record Limits(
            @DefaultValue("67108864") int bodyBytes,
            @DefaultValue("64") int depth,
            @DefaultValue("20000") int bundleEntries,
            @DefaultValue("8192") int urlCharacters,
            @DefaultValue("65536") int formBytes,
            @DurationMin(seconds = 1) @DefaultValue("60s") Duration statement,
            @DefaultValue("50") int pageSize,
            @DefaultValue("500") int maxPageSize) {}

    /**
     * Bulk exports.
     *
     * @param runningPerClient how many of one client may run at once
     * @param fileSize the most resources of one file
     * @param keep how long a job and its files are there, from when it was asked for
     * @param resumeAfter how long a job may stand still before it is taken up again, as after a crash
     */
    public record Export(
            @Min(1) @DefaultValue("2") int runningPerClient,
            @Min(1) @Max(100_000) @DefaultValue("10000") int fileSize,

            @DurationMin(minutes = 1) @DurationMax(days = 6) @DefaultValue("24h")
            Duration keep,

            @DurationMin(seconds = 1) @DefaultValue("1m") Duration resumeAfter) {}

    /**
     * The audit trail.
     *
     * @param signingKey the file of the key that signs anchors; null for one that development mode makes, and production mode
     *     refuses
     * @param sealEvery how long what is recorded waits for its anchor
     * @param witness a file to which every anchor is added, outside the database; null for none
     * @param retention how long events are kept at least: pruning what is younger is refused
     */
    public record Audit(
            @Nullable Path signingKey,

            @DurationMin(millis = 100) @DurationMax(seconds = 60) @DefaultValue("5s")
            Duration sealEvery,

            @Nullable Path witness,
            @DurationMin(days = 1) @DefaultValue("2192d") Duration retention) {}

    /**
     * What makes a record sensitive, in addition to what comes with the exchange.
     *
     * @param rules a file of further label rules; null for none
     */
    public record Labels(@Nullable Path rules) {}

    /**
     * Declared emergencies.
     *
     * @param window how long one lasts from its first use; a further one needs a new reason
     * @param userRequired whether only a person can declare one, as the token's user; development mode does not ask for it
     * @param notifyPatient whether the patient's own app is told
     */
    public record BreakGlass(
            @DurationMin(minutes = 1) @DurationMax(hours = 72) @DefaultValue("4h")
            Duration window,

            @DefaultValue("true") boolean userRequired,
            @DefaultValue("true") boolean notifyPatient) {}

    /**
     * What a database starts with that has never held a rule. Later, privacy officers change the rules over FHIR.
     *
     * @param packs shipped packs of rules, which are put together
     * @param organization the exchange's own organisation, as {@code Organization/[id]}: the rules are its, so it is its privacy
     *     officers who may change them
     */
    public record Policies(
            @NotEmpty @DefaultValue("us-opt-out") List<@NotBlank String> packs,

            @Pattern(regexp = "Organization/[A-Za-z0-9.-]{1,64}") @DefaultValue("Organization/accord-exchange")
            String organization) {

        public Policies {
            packs = List.copyOf(packs);
        }
    }

    /**
     * The development authorization server, which issues tokens to anyone who reads this repository.
     *
     * @param issuerPort its port on 127.0.0.1
     * @param tokenLifetime how long its tokens live, at most an hour
     * @param directory where it keeps its keys and those of its clients
     * @param redirectUris where the sample app of patients may be sent back to, matched exactly; their origins may call it
     * @param registrations what a development client registers beyond what comes with it, by client id
     */
    public record Development(
            @DefaultValue("9090") int issuerPort,

            @DurationMin(seconds = 1) @DurationMax(hours = 1) @DefaultValue("5m")
            Duration tokenLifetime,

            @DefaultValue("data/development") Path directory,

            @NotEmpty @DefaultValue("http://127.0.0.1:3000/index.html")
            List<@Pattern(regexp = "https?://[^#]+") String> redirectUris,

            @Valid @DefaultValue Map<String, Registration> registrations) {

        public Development {
            redirectUris = List.copyOf(redirectUris);
            registrations = Map.copyOf(registrations);
        }

        /** What its tokens carry as {@code iss}. */
        public URI issuer() {
            return URI.create("http://127.0.0.1:" + issuerPort);
        }

        /** Where the scripts of the sample app come from. */
        public List<String> origins() {
            return redirectUris.stream()
                    .map(URI::create)
                    .map(address -> address.getScheme() + "://" + address.getAuthority())
                    .distinct()
                    .toList();
        }

        /**
         * What a client registers with the development authorization server.
         *
         * @param jwksUrl where it publishes its keys; null for nowhere
         * @param jwks its public keys, as a JSON Web Key Set; null for the keys made for it, unless they are published
         * @param scopes the scopes it may ask for; empty for those that come with it
         */
        public record Registration(
                @Nullable URI jwksUrl,
                @Nullable String jwks,
                @DefaultValue List<String> scopes) {

            public Registration {
                scopes = List.copyOf(scopes);
            }
        }
    }
}
