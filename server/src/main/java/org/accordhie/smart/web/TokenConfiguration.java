package org.accordhie.smart.web;

import java.time.InstantSource;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.smart.PartnerRegistry;
import org.accordhie.smart.http.DocumentFetch;
import org.accordhie.smart.http.IssuerKeys;
import org.accordhie.smart.http.IssuerMetadata;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Wires whose tokens are accepted and how they are read. Nothing here asks the issuer before the first request. */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

    @Bean
    DocumentFetch documentFetch() {
        return new DocumentFetch();
    }

    @Bean
    IssuerMetadata issuerMetadata(AccordProperties settings, DocumentFetch fetch) {
        return new IssuerMetadata(settings.token().issuer(), fetch, InstantSource.system());
    }

    @Bean
    IssuerKeys issuerKeys(AccordProperties settings, IssuerMetadata metadata, DocumentFetch fetch) {
        return new IssuerKeys(settings.token().jwksUri(), metadata, fetch);
    }

    @Bean
    JwtDecoder accessTokenDecoder(AccordProperties settings, IssuerKeys keys) {
        return TokenDecoder.decoder(settings.token(), keys, InstantSource.system());
    }

    @Bean
    @ConditionalOnMissingBean
    PartnerRegistry configuredPartners(AccordProperties settings) {
        return new ConfiguredPartners(settings.partners());
    }

    @Bean
    TokenReader tokenReader(AccordProperties settings, PartnerRegistry partners) {
        return new TokenReader(
                partners,
                new LocalReferences(settings.baseUrl()),
                settings.token().patientClaim());
    }

    @Bean
    SmartDiscovery smartDiscovery(AccordProperties settings, IssuerMetadata metadata) {
        return new SmartDiscovery(settings.token().tokenEndpoint(), metadata);
    }

    @Bean
    ServletRegistrationBean<DiscoveryServlet> discoveryServlet(SmartDiscovery discovery) {
        return new ServletRegistrationBean<>(new DiscoveryServlet(discovery), "/fhir/.well-known/*");
    }
}
