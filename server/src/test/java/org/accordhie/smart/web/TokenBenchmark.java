package org.accordhie.smart.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.smart.AccessGrant;
import org.accordhie.smart.http.DocumentFetch;
import org.accordhie.smart.http.IssuerMetadata;
import org.accordhie.smart.http.TestIssuer;
import org.accordhie.vocabulary.PurposeOfUse;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What it costs to read a token as a requester with scopes, when it comes again and when it comes for the first time.
 * {@code mvn -Pjmh -pl server test} runs it; {@code docs/authorization.md} says what it must not exceed.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TokenBenchmark {

    private static final List<String> TYPES = List.of(
            "Patient", "Observation", "Condition", "Encounter", "Procedure", "Immunization", "Goal", "CarePlan");

    /** The scopes of the token: one each for so many types. */
    @Param({"1", "8"})
    public int scopes = 1;

    private final ECKey key = key();
    private final TestIssuer issuer = new TestIssuer(key);
    private final TrustedIssuers issuers = new TrustedIssuers(new DocumentFetch());
    private AccessTokens warm = access();
    private TokenIssuer cold = issuers.all().get(0);
    private final TokenReader reader = new TokenReader(
            new ConfiguredPartners(List.of(new AccordProperties.Partner(
                    "clinic", "Organization/clinic", Set.of(), Set.of(PurposeOfUse.TREAT), Set.of()))),
            new LocalReferences(URI.create(Tokens.AUDIENCE)),
            false);
    private String token = "";

    /** Makes the token, and makes sure it is accepted. */
    @Setup
    public void token() {
        warm = access();
        cold = issuers.all().get(0);
        token = signed();
        if (comesAgain().scopes().scopes().size() != scopes) {
            throw new IllegalStateException("not read as it was written");
        }
    }

    /** Ends what listens. */
    @TearDown
    public void stop() throws IOException {
        issuers.close();
        issuer.close();
    }

    /** A token that was seen before. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public AccessGrant comesAgain() {
        return reader.read(warm.verify(token));
    }

    /** A token whose signature is to be checked. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public AccessGrant comesForTheFirstTime() {
        return reader.read(cold.verify(token, Instant.now()));
    }

    private AccessTokens access() {
        if (issuers.all().isEmpty()) {
            issuers.add(
                    Tokens.settings(issuer.uri(), Map.of("algorithms", "ES384")),
                    new IssuerMetadata(issuer.uri(), new DocumentFetch(), InstantSource.system()),
                    "");
        }
        return new AccessTokens(issuers.all(), InstantSource.system());
    }

    private String signed() {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.ES384)
                    .keyID("k1")
                    .type(new JOSEObjectType("at+jwt"))
                    .build();
            return Tokens.signed(header, claims(), new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private JWTClaimsSet claims() {
        var types = TYPES.stream().limit(scopes);
        return new Tokens(issuer.uri())
                .claims()
                .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
                .claim("scope", types.map(type -> "user/" + type + ".rs").collect(Collectors.joining(" ")))
                .claim("fhirUser", Tokens.AUDIENCE + "/Practitioner/kim")
                .jwtID("0b0f6a52-5f57-4f1c-9d0f-2f0a3c1d5a11")
                .build();
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_384).keyID("k1").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Measures on one thread and prints a line for each number of scopes. */
    public static void main(String[] args) throws RunnerException {
        var seconds = args.length == 0 ? 2 : Integer.parseInt(args[0]);
        var results = new Runner(new OptionsBuilder()
                        .include(TokenBenchmark.class.getName())
                        .threads(1)
                        .forks(1)
                        .warmupIterations(5)
                        .warmupTime(TimeValue.seconds(seconds))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(seconds))
                        .jvmArgsAppend("-Xmx512m")
                        .build())
                .run();
        System.out.println("a token (ES384) read as a requester with scopes, one thread");
        results.forEach(TokenBenchmark::print);
    }

    private static void print(RunResult result) {
        var sample = result.getPrimaryResult().getStatistics();
        System.out.printf(
                Locale.ROOT,
                "%-20s %s scopes: p50 %.2f µs, p99 %.2f µs, of %d%n",
                result.getPrimaryResult().getLabel(),
                result.getParams().getParam("scopes"),
                sample.getPercentile(50),
                sample.getPercentile(99),
                sample.getN());
    }
}
