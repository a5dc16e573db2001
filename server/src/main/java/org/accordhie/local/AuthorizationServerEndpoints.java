package org.accordhie.local;

import java.util.HashMap;
import java.util.List;
import org.accordhie.fhirserver.AccordProperties;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationConsentAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationConsentAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcUserInfoAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.web.authentication.JwtClientAssertionAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AccessTokenResponseAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/** What SMART changes in the endpoints of the library. */
final class AuthorizationServerEndpoints {

    private final AccordProperties properties;
    private final DevelopmentClients clients;
    private final AssertionDecoders assertions;
    private final PublicClients publicClients;
    private final AuthorizationServerSettings paths;

    AuthorizationServerEndpoints(
            AccordProperties properties,
            DevelopmentClients clients,
            AssertionDecoders assertions,
            PublicClients publicClients,
            AuthorizationServerSettings paths) {
        this.properties = properties;
        this.clients = clients;
        this.assertions = assertions;
        this.publicClients = publicClients;
        this.paths = paths;
    }

    void adaptToSmart(OAuth2AuthorizationServerConfigurer server) {
        server.clientAuthentication(client -> client.authenticationConverters(converters -> {
                    converters.removeIf(JwtClientAssertionAuthenticationConverter.class::isInstance);
                    converters.add(0, new AssertionConverter());
                    converters.add(publicClients);
                })
                .authenticationProvider(publicClients)
                .authenticationProviders(providers -> providers.forEach(this::verifyAssertions)));
        server.tokenEndpoint(token -> token.authenticationProviders(providers -> providers.forEach(this::limitClients))
                .accessTokenResponseHandler(tokenResponse()));
        server.authorizationEndpoint(launch -> launch.consentPage(PatientPicker.PATH)
                .authorizationRequestConverters(converters -> converters.add(0, LaunchRules::requireRedirectUri))
                .authenticationProviders(providers -> providers.forEach(this::limitLaunches)));
        server.authorizationConsentService(new NoConsentKept());
        server.authorizationServerMetadataEndpoint(metadata -> metadata.authorizationServerMetadataCustomizer(
                document -> document.claims(AuthorizationServerDocument::correct)));
        server.oidc(oidc -> oidc.providerConfigurationEndpoint(metadata -> metadata.providerConfigurationCustomizer(
                        document -> document.claims(AuthorizationServerDocument::correct)))
                .userInfoEndpoint(user -> user.userInfoMapper(AuthorizationServerEndpoints::user)));
    }

    /** Web apps of registered origins may get tokens, and everybody may read what is published. */
    CorsConfigurationSource origins() {
        var ours = new CorsConfiguration();
        ours.setAllowedOrigins(properties.development().origins());
        ours.setAllowedMethods(List.of(HttpMethod.GET.name(), HttpMethod.POST.name()));
        ours.setAllowedHeaders(List.of("Authorization", "Content-Type", "Accept"));
        var anyone = new CorsConfiguration();
        anyone.setAllowedOrigins(List.of(CorsConfiguration.ALL));
        anyone.setAllowedMethods(List.of(HttpMethod.GET.name(), HttpMethod.HEAD.name()));
        anyone.setAllowedHeaders(List.of("Accept"));
        var source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration(paths.getTokenEndpoint(), ours);
        source.registerCorsConfiguration(paths.getTokenRevocationEndpoint(), ours);
        source.registerCorsConfiguration(paths.getOidcUserInfoEndpoint(), ours);
        source.registerCorsConfiguration(paths.getJwkSetEndpoint(), anyone);
        source.registerCorsConfiguration("/.well-known/**", anyone);
        return source;
    }

    private void verifyAssertions(AuthenticationProvider provider) {
        if (provider instanceof JwtClientAssertionAuthenticationProvider assertion) {
            assertion.setJwtDecoderFactory(assertions);
        }
    }

    /** The stock check is for equality with a registered scope, and SMART's scopes cannot be listed. */
    private void limitClients(AuthenticationProvider provider) {
        if (provider instanceof OAuth2ClientCredentialsAuthenticationProvider backend) {
            backend.setAuthenticationValidator(context -> {
                OAuth2ClientCredentialsAuthenticationToken request = context.getAuthentication();
                var partner = partner(context.getRegisteredClient().getClientId());
                TokenRequest.read(request, partner, clients.scopesOf(partner), base());
            });
        }
    }

    private void limitLaunches(AuthenticationProvider provider) {
        if (provider instanceof OAuth2AuthorizationCodeRequestAuthenticationProvider launch) {
            launch.setAuthenticationValidator(new LaunchRules(base(), id -> clients.scopesOf(partner(id))));
            launch.setAuthorizationConsentRequired(context -> true);
        }
        if (provider instanceof OAuth2AuthorizationConsentAuthenticationProvider consent) {
            consent.setAuthorizationConsentCustomizer(AuthorizationServerEndpoints::requirePatient);
        }
    }

    /** Nobody gets round the page that asks which record. */
    private static void requirePatient(OAuth2AuthorizationConsentAuthenticationContext context) {
        OAuth2Authorization launch = context.getAuthorization();
        if (launch == null || Launch.patient(launch) == null) {
            var error = new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST, "no patient was picked", null);
            throw new OAuth2AuthorizationCodeRequestAuthenticationException(error, null);
        }
    }

    /** The response repeats the token's launch context, since clients do not read tokens. */
    private static AuthenticationSuccessHandler tokenResponse() {
        var handler = new OAuth2AccessTokenResponseAuthenticationSuccessHandler();
        handler.setAccessTokenResponseCustomizer(context -> {
            OAuth2AccessTokenAuthenticationToken authentication = context.getAuthentication();
            var beside = new HashMap<>(authentication.getAdditionalParameters());
            beside.putAll(DevelopmentToken.launchContext(
                    authentication.getAccessToken().getTokenValue()));
            context.getAccessTokenResponse().additionalParameters(beside);
        });
        return handler;
    }

    private static OidcUserInfo user(OidcUserInfoAuthenticationContext context) {
        var identity = context.getAuthorization().getToken(OidcIdToken.class);
        var user = OidcUserInfo.builder().subject(context.getAuthorization().getPrincipalName());
        if (identity != null && identity.getToken().hasClaim("fhirUser")) {
            user.claim("fhirUser", identity.getToken().getClaimAsString("fhirUser"));
        }
        return user.build();
    }

    private String base() {
        return properties.baseUrl().toString();
    }

    private static DevelopmentPartner partner(String clientId) {
        return DevelopmentPartner.withClientId(clientId)
                .orElseThrow(() -> new IllegalStateException("a client is a development partner"));
    }
}
