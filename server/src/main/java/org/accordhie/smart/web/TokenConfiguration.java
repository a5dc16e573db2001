package org.accordhie.smart.web;

import java.time.InstantSource;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.smart.PartnerRegistry;
import org.accordhie.smart.http.DocumentFetch;
import org.accordhie.smart.http.IssuerMetadata;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires whose tokens are accepted and how they are read. Nothing here asks an issuer before the first request. */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

    @Bean
    DocumentFetch documentFetch() {
        return new DocumentFetch();
    }

    /** The issuer that discovery names. */
    @Bean
    IssuerMetadata issuerMetadata(AccordProperties settings, DocumentFetch fetch) {
        return new IssuerMetadata(settings.token().issuer(), fetch, InstantSource.system());
    }

    @Bean
    TrustedIssuers trustedIssuers(AccordProperties settings, IssuerMetadata metadata, DocumentFetch fetch) {
        var issuers = new TrustedIssuers(fetch);
        issuers.add(settings.token(), metadata, "");
        for (var further : settings.smart().furtherIssuers()) {
            var itsOwn = new IssuerMetadata(further.issuer(), fetch, InstantSource.system());
            issuers.add(further, itsOwn, further.issuer() + "|");
        }
        return issuers;
    }

    @Bean
    AccessTokens accessTokens(TrustedIssuers issuers) {
        return new AccessTokens(issuers.all(), InstantSource.system());
    }

    @Bean
    ClientCertificates clientCertificates(AccordProperties settings) {
        return new ClientCertificates(settings.smart().certificates());
    }

    @Bean
    TokenReader tokenReader(AccordProperties settings, PartnerRegistry partners) {
        return new TokenReader(
                partners,
                new LocalReferences(settings.baseUrl()),
                settings.breakGlass().userRequired());
    }

    @Bean
    SmartDiscovery smartDiscovery(AccordProperties settings, IssuerMetadata metadata) {
        return new SmartDiscovery(settings.token().tokenEndpoint(), metadata);
    }

    @Bean
    SmartSecuritySection smartSecuritySection(SmartDiscovery discovery) {
        return new SmartSecuritySection(discovery);
    }

    @Bean
    ServletRegistrationBean<DiscoveryServlet> discoveryServlet(SmartDiscovery discovery) {
        return new ServletRegistrationBean<>(new DiscoveryServlet(discovery), "/fhir/.well-known/*");
    }
}
