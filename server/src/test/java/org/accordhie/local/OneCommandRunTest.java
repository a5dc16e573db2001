package org.accordhie.local;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.PurposeOfUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.web.SecurityFilterChain;

class OneCommandRunTest {

    @TempDir
    static Path directory;

    @Test
    void startsDatabaseAndIssuerWithoutASetting() {
        var databasePort = Ports.free();
        var issuerPort = Ports.free();
        var serverPort = Ports.free();

        try (var exchange = start(
                "spring.main.web-application-type=servlet",
                "server.port=" + serverPort,
                "accord.database.directory=" + directory.resolve("postgresql"),
                "accord.database.port=" + databasePort,
                "accord.development.directory=" + directory,
                "accord.development.issuer-port=" + issuerPort,
                "spring.datasource.hikari.maximum-pool-size=7")) {
            var pool = exchange.getBean(HikariDataSource.class);
            assertThat(pool.getJdbcUrl()).isEqualTo("jdbc:postgresql://127.0.0.1:" + databasePort + "/accord");
            assertThat(pool.getMaximumPoolSize()).isEqualTo(7);
            assertThat(new JdbcTemplate(pool).queryForObject("SHOW fsync", String.class))
                    .isEqualTo("on");
            given().get("http://127.0.0.1:" + issuerPort + "/oauth2/jwks")
                    .then()
                    .statusCode(200);
            assertThat(exchange.getBeansOfType(AuthorizationServerSettings.class))
                    .isEmpty();
            assertThat(exchange.getBeansOfType(JWKSource.class)).isEmpty();
            assertThat(exchange.getBeansOfType(SecurityFilterChain.class)).isEmpty();
            assertThat(exchange.getBean(TokenCommands.class).text())
                    .contains("Accord answers at http://127.0.0.1:" + serverPort + "/fhir")
                    .contains(
                            "-u dev-riverside-clinic:development-only-riverside-clinic http://127.0.0.1:" + issuerPort)
                    .contains("dev-patient-app");
            var properties = exchange.getBean(AccordProperties.class);
            assertThat(properties.token().audiences()).containsExactly("http://127.0.0.1:" + serverPort + "/fhir");
            assertTrustsTheDevelopmentPartners(properties, issuerPort);
        }
    }

    @Test
    void usesTheDatabaseThatIsNamed() {
        try (var postgres = EmbeddedDatabase.start(directory.resolve("postgresql"), 0);
                var exchange = start(
                        "accord.database.url=" + postgres.url(),
                        "accord.database.user=" + postgres.user(),
                        "accord.database.password=" + postgres.password(),
                        "accord.token.issuer=https://issuer.example.org")) {
            assertThat(new JdbcTemplate(exchange.getBean(DataSource.class)).queryForObject("SELECT 1", Integer.class))
                    .isEqualTo(1);
            assertThat(exchange.getBeansOfType(EmbeddedDatabase.class)).isEmpty();
        }
    }

    @Test
    void namedPartnersAreTheOnlyOnes() {
        try (var exchange = start(
                "spring.datasource.url=jdbc:postgresql://db.example.org/fhir",
                "accord.development.directory=" + directory,
                "accord.development.issuer-port=" + Ports.free(),
                "accord.partners[0].client-id=officer",
                "accord.partners[0].organization=Organization/accord-exchange")) {
            assertThat(exchange.getBean(AccordProperties.class).partners())
                    .extracting(AccordProperties.Partner::clientId)
                    .containsExactly("officer");
        }
    }

    @Test
    void respectsSpringsOwnDatasource() {
        try (var exchange = start(
                "spring.datasource.url=jdbc:postgresql://db.example.org/fhir",
                "spring.datasource.username=somebody",
                "accord.token.issuer=https://issuer.example.org")) {
            assertThat(exchange.getBean(DataSource.class))
                    .asInstanceOf(type(HikariDataSource.class))
                    .extracting(HikariDataSource::getJdbcUrl, HikariDataSource::getUsername)
                    .containsExactly("jdbc:postgresql://db.example.org/fhir", "somebody");
            assertThat(exchange.getBeansOfType(EmbeddedDatabase.class)).isEmpty();
        }
    }

    @Test
    void assumesNothingOfAnotherIssuer() {
        try (var exchange = start(
                "spring.datasource.url=jdbc:postgresql://db.example.org/fhir",
                "accord.token.issuer=https://issuer.example.org")) {
            assertThat(exchange.getBean(AccordProperties.class).partners()).isEmpty();
            assertThat(exchange.getBeansOfType(DevelopmentAuthorizationServer.class))
                    .isEmpty();
            assertThat(exchange.getBeansOfType(TokenCommands.class)).isEmpty();
        }
    }

    @Test
    void refusesTheEmbeddedDatabaseInProduction() {
        assertThatThrownBy(() -> start(production("accord.token.issuer=https://issuer.example.org")))
                .rootCause()
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("production")
                .hasMessageContaining("accord.database.url");
    }

    @Test
    void refusesTheDevelopmentIssuerInProduction() {
        assertThatThrownBy(() -> start(production(
                        "accord.token.issuer=http://127.0.0.1:9090",
                        "server.address=127.0.0.1",
                        "accord.database.url=jdbc:postgresql://db.example.org/fhir")))
                .rootCause()
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("production")
                .hasMessageContaining("accord.token.issuer");
    }

    @Test
    void refusesToStartInProductionWithoutAnIssuer() {
        assertThatThrownBy(() -> start(
                        "accord.mode=production",
                        "accord.base-url=https://exchange.example.org/fhir",
                        "accord.database.url=jdbc:postgresql://db.example.org/fhir"))
                .rootCause()
                .hasMessageContaining("token");
    }

    @Test
    void refusesToStartInProductionWithoutAnAudience() {
        assertThatThrownBy(() -> start(
                        "accord.mode=production",
                        "accord.base-url=https://exchange.example.org/fhir",
                        "accord.token.issuer=https://issuer.example.org",
                        "accord.database.url=jdbc:postgresql://db.example.org/fhir"))
                .rootCause()
                .hasMessageContaining("token.audiences");
    }

    @Test
    void refusesToStartInProductionWithoutItsOwnAddress() {
        assertThatThrownBy(() -> start(
                        "accord.mode=production",
                        "accord.token.issuer=https://issuer.example.org",
                        "accord.token.audiences=https://exchange.example.org/fhir",
                        "accord.database.url=jdbc:postgresql://db.example.org/fhir"))
                .rootCause()
                .hasMessageContaining("baseUrl");
    }

    @Test
    void refusesASettingItDoesNotKnow() {
        assertThatThrownBy(() ->
                        start("accord.smaple=false", "spring.datasource.url=jdbc:postgresql://db.example.org/fhir"))
                .rootCause()
                .hasMessageContaining("accord.smaple");
    }

    @Test
    void refusesTheDevelopmentIssuerOnAnOpenServer() {
        assertThatThrownBy(() ->
                        start("server.address=0.0.0.0", "spring.datasource.url=jdbc:postgresql://db.example.org/fhir"))
                .rootCause()
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("0.0.0.0");
    }

    @Test
    void refusesTokensThatLiveLongerThanAnHour() {
        assertThatThrownBy(() -> start(
                        "accord.development.token-lifetime=61m",
                        "spring.datasource.url=jdbc:postgresql://db.example.org/fhir"))
                .rootCause()
                .hasMessageContaining("tokenLifetime");
    }

    private static void assertTrustsTheDevelopmentPartners(AccordProperties properties, int issuerPort) {
        assertThat(properties.token().issuer()).isEqualTo(URI.create("http://127.0.0.1:" + issuerPort));
        assertThat(properties.smart().origins()).containsExactly("http://127.0.0.1:3000");
        assertThat(properties.partners())
                .extracting(AccordProperties.Partner::clientId)
                .containsExactly(
                        "dev-riverside-clinic",
                        "dev-lakeside-hospital",
                        "dev-research-institute",
                        "dev-privacy-officer",
                        "dev-patient-app",
                        "dev-patient-app-web");
        assertThat(properties.partners().get(0).purposes())
                .isEqualTo(Set.of(PurposeOfUse.TREAT, PurposeOfUse.HPAYMT, PurposeOfUse.HOPERAT, PurposeOfUse.BTG));
        assertThat(properties.partners().get(1).roles()).isEqualTo(Set.of(ExchangeRole.SOURCE));
        assertThat(properties.partners().get(3).roles()).isEqualTo(Set.of(ExchangeRole.PRIVACY_OFFICER));
    }

    private static String[] production(String... settings) {
        var named = Stream.of(
                "accord.mode=production",
                "accord.base-url=https://exchange.example.org/fhir",
                "accord.token.audiences=https://exchange.example.org/fhir");
        return Stream.concat(named, Stream.of(settings)).toArray(String[]::new);
    }

    private static ConfigurableApplicationContext start(String... settings) {
        return new SpringApplicationBuilder(Exchange.class)
                .web(WebApplicationType.NONE)
                .run(Stream.concat(Stream.of("accord.sample=false"), Stream.of(settings))
                        .map(setting -> "--" + setting)
                        .toArray(String[]::new));
    }

    /** The exchange without its FHIR server. */
    @ComponentScan("org.accordhie.local")
    @EnableConfigurationProperties(AccordProperties.class)
    @ImportAutoConfiguration({DataSourceAutoConfiguration.class, ServletWebServerFactoryAutoConfiguration.class})
    static class Exchange {}
}
