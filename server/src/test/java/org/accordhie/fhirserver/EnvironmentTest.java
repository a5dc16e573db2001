package org.accordhie.fhirserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@DisplayName("settings that come as environment variables")
class EnvironmentTest {

    private static final Pattern LITERAL = Pattern.compile("- (ACCORD_[A-Z_]+)=(\\S+)");

    @Test
    @DisplayName("those of the Kubernetes base are enough to start with")
    void thoseOfKubernetes() throws IOException {
        var variables = new HashMap<String, Object>();
        LITERAL.matcher(Files.readString(Path.of("../k8s/base/kustomization.yaml")))
                .results()
                .forEach(literal -> variables.put(literal.group(1), literal.group(2)));

        var settings = bound(variables);

        assertThat(settings.isProduction()).isTrue();
        assertThat(settings.token().issuer()).isEqualTo(URI.create("https://login.example.org"));
        assertThat(settings.token().audiences()).containsExactly("https://exchange.example.org/fhir");
        assertThat(settings.database().url()).startsWith("jdbc:postgresql:");
    }

    @Test
    @DisplayName("those of Compose are the same, by their names")
    void thoseOfCompose() throws IOException {
        var compose = Files.readString(Path.of("../docker/compose.yaml"));

        assertThat(compose).contains("ACCORD_MODE:", "ACCORD_TOKEN_ISSUER:", "ACCORD_TOKEN_AUDIENCES:");
    }

    @Test
    @DisplayName("further issuers are counted")
    void furtherIssuers() {
        var settings = bound(Map.of(
                "ACCORD_BASE_URL", "https://exchange.example.org/fhir",
                "ACCORD_TOKEN_ISSUER", "https://login.example.org",
                "ACCORD_TOKEN_AUDIENCES", "https://exchange.example.org/fhir,urn:exchange",
                "ACCORD_TOKEN_INTROSPECTION_OPAQUETOKENS", "true",
                "ACCORD_SMART_FURTHERISSUERS_0_ISSUER", "https://apps.example.org",
                "ACCORD_SMART_FURTHERISSUERS_0_AUDIENCES", "https://exchange.example.org/fhir",
                "ACCORD_SMART_FURTHERISSUERS_0_PATIENTCLAIM", "launch_response_patient",
                "ACCORD_SMART_ORIGINS", "https://app.example.org",
                "ACCORD_SMART_CERTIFICATES_HEADER", "Client-Cert"));

        assertThat(settings.token().audiences()).hasSize(2);
        assertThat(settings.token().introspection().opaqueTokens()).isTrue();
        assertThat(settings.smart().furtherIssuers())
                .singleElement()
                .satisfies(issuer -> assertThat(issuer.patientClaim()).isEqualTo("launch_response_patient"))
                .satisfies(issuer -> assertThat(issuer.algorithms()).contains("ES384"));
        assertThat(settings.smart().origins()).containsExactly("https://app.example.org");
        assertThat(settings.smart().certificates().header()).isEqualTo("Client-Cert");
    }

    private static AccordProperties bound(Map<String, Object> variables) {
        MapPropertySource source = new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables);
        return new Binder(ConfigurationPropertySources.from(source))
                .bind("accord", AccordProperties.class)
                .get();
    }
}
