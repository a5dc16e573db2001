package org.accordhie.local;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.accordhie.fhirserver.AccordProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.cors.CorsUtils;

/** Who may ask the development authorization server what: clients its endpoints, people its pages, nobody anything else. */
@EnableWebSecurity
final class AuthorizationServerSecurity {

    private static final Set<String> PUBLIC_PAGES = Set.of(SignInPage.PATH, Stylesheet.PATH);
    private static final Set<String> PAGES =
            Set.of(SignInPage.PATH, Stylesheet.PATH, PatientPicker.PATH, ScopesPage.PATH, "/logout");

    /** No script, no frame, nothing from elsewhere. Where forms lead is left open: an app is told by a redirect. */
    private static final String CONTENT_POLICY =
            "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Bean
    @Order(1)
    SecurityFilterChain endpoints(
            HttpSecurity http, AuthorizationServerEndpoints endpoints, AuthorizationServerSettings paths)
            throws Exception {
        var server = OAuth2AuthorizationServerConfigurer.authorizationServer();
        return http.securityMatcher(new OrRequestMatcher(server.getEndpointsMatcher(), CorsUtils::isPreFlightRequest))
                .with(server, endpoints::adaptToSmart)
                .cors(cors -> cors.configurationSource(endpoints.origins()))
                .exceptionHandling(refused -> refused.authenticationEntryPoint(entryPoint(paths)))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain pages(HttpSecurity http, DevelopmentPatients patients) throws Exception {
        return http.securityMatcher(isOneOf(PAGES))
                .authenticationProvider(new SignIn(patients))
                .formLogin(form -> form.loginPage(SignInPage.PATH).defaultSuccessUrl(ScopesPage.PATH))
                .logout(out -> out.logoutSuccessUrl(SignInPage.PATH))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY)))
                .authorizeHttpRequests(requests -> requests.requestMatchers(isOneOf(PUBLIC_PAGES))
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain nothingElse(HttpSecurity http) throws Exception {
        return http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(RequestCacheConfigurer::disable)
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
                .authorizeHttpRequests(requests -> requests.anyRequest().denyAll())
                .build();
    }

    @Bean
    AuthorizationServerEndpoints authorizationServerEndpoints(
            AccordProperties properties,
            DevelopmentClients clients,
            AssertionDecoders assertions,
            RegisteredClientRepository registered,
            OAuth2AuthorizationService authorizations,
            AuthorizationServerSettings paths) {
        var publicClients = new PublicClients(registered, authorizations, paths.getTokenRevocationEndpoint());
        return new AuthorizationServerEndpoints(properties, clients, assertions, publicClients, paths);
    }

    /** People who launch an app sign in first; clients are told that they did not say who they are. */
    private static AuthenticationEntryPoint entryPoint(AuthorizationServerSettings paths) {
        var people = new LoginUrlAuthenticationEntryPoint(SignInPage.PATH);
        return (request, response, refusal) -> {
            if (request.getRequestURI().equals(paths.getAuthorizationEndpoint())) {
                people.commence(request, response, refusal);
            } else {
                response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
                response.setContentType(MediaType.APPLICATION_JSON_VALUE);
                response.getOutputStream().print("{\"error\":\"invalid_client\"}");
            }
        };
    }

    private static RequestMatcher isOneOf(Set<String> paths) {
        return request -> paths.contains(request.getRequestURI());
    }
}
