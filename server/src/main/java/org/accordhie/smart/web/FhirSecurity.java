package org.accordhie.smart.web;

import java.util.List;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.fhirserver.OutcomeWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;

/**
 * Guards {@code /fhir}: discovery and the CapabilityStatement are open to everybody, everything else needs a token.
 *
 * <p>Source: SMART App Launch 2.2.0, "Conformance". Stateless: no session, no cookie, no login page, and so no CSRF.
 */
@Configuration(proxyBeanMethods = false)
class FhirSecurity {

    private static final PathPatternRequestMatcher.Builder PATHS = PathPatternRequestMatcher.withDefaults();

    @Bean
    @Order(10)
    SecurityFilterChain openChain(HttpSecurity http) throws Exception {
        return stateless(http)
                .securityMatcher(openPaths())
                .cors(cors -> cors.configurationSource(request -> anyOrigin()))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(11)
    SecurityFilterChain tokenChain(
            HttpSecurity http,
            AccessTokens tokens,
            ClientCertificates certificates,
            TokenReader reader,
            AccordProperties settings)
            throws Exception {
        AuthenticationEntryPoint refuse =
                (request, response, exception) -> TokenRefusal.of(exception).write(request, response);
        AccessDeniedHandler forbid = (request, response, exception) ->
                TokenRefusal.forbidden("not permitted").write(request, response);
        return stateless(http)
                .securityMatcher(PATHS.matcher("/fhir/**"))
                .cors(cors -> cors.configurationSource(
                        new RegisteredOrigins(settings.smart().origins())))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refuse).accessDeniedHandler(forbid))
                .addFilter(bearer(new TokenAuthentication(tokens, certificates, reader), refuse))
                .addFilterAfter(new GrantHandover(), AuthorizationFilter.class)
                .build();
    }

    /** A span for each filter, which nobody would learn anything from, and a decorator for each to make it. */
    @Bean
    SecurityObservationSettings observations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    HttpFirewall firewall() {
        return HeaderText.firewall();
    }

    @Bean
    RequestRejectedHandler malformedAddress() {
        return (request, response, exception) -> new OutcomeWriter()
                .write(request, response, 400, "invalid", "the address or a header is malformed", null);
    }

    /** By itself, since Spring's configurer brings filters for other kinds of tokens, which answer in their own way. */
    private static BearerTokenAuthenticationFilter bearer(
            TokenAuthentication authentication, AuthenticationEntryPoint refuse) {
        var filter = new BearerTokenAuthenticationFilter(authentication);
        filter.setBearerTokenResolver(new BearerHeader());
        filter.setAuthenticationEntryPoint(refuse);
        filter.setAuthenticationFailureHandler(refuse::commence);
        return filter;
    }

    private static HttpSecurity stateless(HttpSecurity http) throws Exception {
        return http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(Customizer.withDefaults());
    }

    private static RequestMatcher openPaths() {
        var paths = new OrRequestMatcher(PATHS.matcher("/fhir/metadata"), PATHS.matcher("/fhir/.well-known/**"));
        return request -> paths.matches(request)
                && (HttpMethod.GET.matches(request.getMethod())
                        || HttpMethod.HEAD.matches(request.getMethod())
                        || CorsUtils.isPreFlightRequest(request));
    }

    private static CorsConfiguration anyOrigin() {
        var cors = new CorsConfiguration();
        cors.setAllowedOrigins(List.of(CorsConfiguration.ALL));
        cors.setAllowedMethods(List.of(HttpMethod.GET.name(), HttpMethod.HEAD.name()));
        cors.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        return cors;
    }
}
