package org.accordhie.local;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.InetAddress;
import java.util.List;
import org.accordhie.fhirserver.AccordProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationServerMetadata;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AccessTokenResponseAuthenticationSuccessHandler;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/**
 * The whole of the development authorization server's own application context.
 *
 * <p>Not annotated as a configuration on purpose: the exchange's component scan must not find it, and it uses none of
 * Boot's auto-configurations, so it has no datasource and reads no settings but the ones it is handed.
 */
@EnableWebSecurity
final class AuthorizationServerConfiguration {

    private final AccordProperties properties;

    AuthorizationServerConfiguration(AccordProperties properties) {
        this.properties = properties;
    }

    @Bean
    TomcatServletWebServerFactory webServer() {
        var factory = new TomcatServletWebServerFactory(properties.development().issuerPort());
        factory.setAddress(InetAddress.getLoopbackAddress());
        // Every endpoint is a filter, and Tomcat asks no filter where no servlet would answer.
        factory.setRegisterDefaultServlet(true);
        return factory;
    }

    @Bean
    SecurityFilterChain endpoints(HttpSecurity http) throws Exception {
        return http.with(
                        OAuth2AuthorizationServerConfigurer.authorizationServer(),
                        AuthorizationServerConfiguration::adaptToSmart)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(RequestCacheConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .build();
    }

    @Bean
    AuthorizationServerSettings settings() {
        return AuthorizationServerSettings.builder()
                .issuer(properties.development().issuer().toString())
                .build();
    }

    @Bean
    RegisteredClientRepository clients() {
        return new InMemoryRegisteredClientRepository(
                DevelopmentPartner.ALL.stream().map(this::client).toList());
    }

    @Bean
    JWKSource<SecurityContext> signingKeys() {
        var key = SigningKey.in(properties.development().directory());
        return new ImmutableJWKSet<>(new JWKSet(key));
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> claims() {
        return context -> {
            OAuth2ClientCredentialsAuthenticationToken grant = context.getAuthorizationGrant();
            var request = TokenRequest.read(grant, context.getRegisteredClient().getClientId());
            new DevelopmentToken(properties.baseUrl().toString(), request)
                    .writeClaims((name, value) -> context.getClaims().claim(name, value));
        };
    }

    /** Assertions signed by the client are one more authentication method here, and the client's keys. */
    private RegisteredClient client(DevelopmentPartner partner) {
        return RegisteredClient.withId(partner.clientId())
                .clientId(partner.clientId())
                .clientSecret("{noop}" + partner.secret())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(properties.development().tokenLifetime())
                        .build())
                .build();
    }

    private static void adaptToSmart(OAuth2AuthorizationServerConfigurer server) {
        server.tokenEndpoint(token -> token.authenticationProviders(AuthorizationServerConfiguration::readRequests)
                .accessTokenResponseHandler(tokenResponse()));
        server.authorizationServerMetadataEndpoint(
                metadata -> metadata.authorizationServerMetadataCustomizer(AuthorizationServerConfiguration::describe));
    }

    /** The stock check is for equality with a registered scope, and SMART's scopes cannot be listed. */
    private static void readRequests(List<AuthenticationProvider> providers) {
        for (var provider : providers) {
            if (provider instanceof OAuth2ClientCredentialsAuthenticationProvider clientCredentials) {
                clientCredentials.setAuthenticationValidator(context -> TokenRequest.read(
                        context.getAuthentication(),
                        context.getRegisteredClient().getClientId()));
            }
        }
    }

    /** The stock document promises all that the library can do; this one what the clients above may do. */
    private static void describe(OAuth2AuthorizationServerMetadata.Builder document) {
        document.claims(claims -> {
            claims.remove("device_authorization_endpoint");
            claims.remove("tls_client_certificate_bound_access_tokens");
            claims.put("grant_types_supported", List.of("client_credentials"));
            claims.replaceAll((name, value) -> name.endsWith("_endpoint_auth_methods_supported")
                    ? List.of("client_secret_basic", "client_secret_post")
                    : value);
        });
    }

    private static AuthenticationSuccessHandler tokenResponse() {
        var handler = new OAuth2AccessTokenResponseAuthenticationSuccessHandler();
        handler.setAccessTokenResponseCustomizer(context -> {
            OAuth2AccessTokenAuthenticationToken authentication = context.getAuthentication();
            OAuth2AccessToken token = authentication.getAccessToken();
            context.getAccessTokenResponse()
                    .additionalParameters(DevelopmentToken.launchContext(token.getTokenValue()));
        });
        return handler;
    }
}
