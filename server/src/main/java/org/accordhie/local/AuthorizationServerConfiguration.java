package org.accordhie.local;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.InetAddress;
import java.time.Clock;
import java.time.InstantSource;
import org.accordhie.fhirserver.AccordProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Cookie.SameSite;
import org.springframework.boot.web.server.ErrorPage;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * The whole of the development authorization server's own application context.
 *
 * <p>Not annotated as a configuration on purpose: the exchange's component scan must not find it, and it uses none of
 * Boot's auto-configurations, so it has no datasource and reads no settings but the ones it is handed.
 */
@Import(AuthorizationServerSecurity.class)
final class AuthorizationServerConfiguration {

    private final AccordProperties properties;
    private final InstantSource time = Clock.systemUTC();

    AuthorizationServerConfiguration(AccordProperties properties) {
        this.properties = properties;
    }

    @Bean
    TomcatServletWebServerFactory webServer() {
        var factory = new TomcatServletWebServerFactory(properties.development().issuerPort());
        factory.setAddress(InetAddress.getLoopbackAddress());
        // Every endpoint of OAuth is a filter, and Tomcat asks no filter where no servlet would answer.
        factory.setRegisterDefaultServlet(true);
        factory.addErrorPages(new ErrorPage(RefusalPage.PATH));
        // Browsers send cookies to every port of a machine, so the name must not be one that others use.
        var cookie = factory.getSession().getCookie();
        cookie.setName("ACCORD_DEVELOPMENT_SESSION");
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.LAX);
        return factory;
    }

    /** Web pages elsewhere cannot reach this server under a name that they point to this machine. */
    @Bean
    HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHostnames(name -> name.equals("127.0.0.1") || name.equals("localhost"));
        return firewall;
    }

    @Bean
    AuthorizationServerSettings settings() {
        return AuthorizationServerSettings.builder()
                .issuer(properties.development().issuer().toString())
                .build();
    }

    @Bean
    DevelopmentClients developmentClients() {
        return new DevelopmentClients(properties.development());
    }

    @Bean
    RegisteredClientRepository clients(DevelopmentClients clients) {
        return new InMemoryRegisteredClientRepository(clients.registered());
    }

    @Bean
    AssertionDecoders assertions(DevelopmentClients clients) {
        return clients.assertions(DevelopmentAuthorizationServer.tokenEndpoint(properties), time);
    }

    @Bean
    OAuth2AuthorizationService authorizations() {
        return new IssuedAuthorizations(time);
    }

    @Bean
    JWKSource<SecurityContext> signingKeys() {
        var key = SigningKey.in(properties.development().directory());
        return new ImmutableJWKSet<>(new JWKSet(key));
    }

    /** For the tokens that come back, to the endpoint about the user. */
    @Bean
    JwtDecoder ownTokens(JWKSource<SecurityContext> signingKeys) {
        return OAuth2AuthorizationServerConfiguration.jwtDecoder(signingKeys);
    }

    @Bean
    OAuth2TokenGenerator<?> tokens(JWKSource<SecurityContext> signingKeys, DevelopmentClients clients) {
        var signed = new JwtGenerator(new NimbusJwtEncoder(signingKeys));
        signed.setJwtCustomizer(new TokenClaimsWriter(properties.baseUrl().toString(), clients));
        return new DelegatingOAuth2TokenGenerator(signed, new RefreshTokens(time));
    }

    @Bean
    ServletRegistrationBean<SignInPage> signInPage(DevelopmentPatients patients) {
        return new ServletRegistrationBean<>(new SignInPage(patients), SignInPage.PATH);
    }

    @Bean
    ServletRegistrationBean<PatientPicker> patientPicker(
            OAuth2AuthorizationService authorizations, DevelopmentPatients patients) {
        return new ServletRegistrationBean<>(new PatientPicker(authorizations, patients), PatientPicker.PATH);
    }

    @Bean
    ServletRegistrationBean<ScopesPage> scopesPage(OAuth2AuthorizationService authorizations) {
        return new ServletRegistrationBean<>(new ScopesPage(authorizations), ScopesPage.PATH);
    }

    @Bean
    ServletRegistrationBean<RefusalPage> refusalPage() {
        return new ServletRegistrationBean<>(new RefusalPage(), RefusalPage.PATH);
    }

    @Bean
    ServletRegistrationBean<Stylesheet> stylesheet() {
        return new ServletRegistrationBean<>(new Stylesheet(), Stylesheet.PATH);
    }
}
