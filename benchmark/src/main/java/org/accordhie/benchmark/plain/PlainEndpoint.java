package org.accordhie.benchmark.plain;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.narrative2.NullNarrativeGenerator;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.IncomingRequestAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.interceptor.CorsInterceptor;
import ca.uhn.fhir.rest.server.interceptor.LoggingInterceptor;
import ca.uhn.fhir.rest.server.interceptor.ResponseHighlighterInterceptor;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentInterceptor;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.cors.CorsConfiguration;

/** The FHIR endpoint with HAPI's own routes and the interceptors that the stock starter registers. */
class PlainEndpoint {

    private static final String WHAT = "Operation[${operationType} ${operationName} ${idOrResourceName}]"
            + " UA[${requestHeader.user-agent}] Params[${requestParameters}]"
            + " ResponseEncoding[${responseEncodingNoDefault}]";

    /** The starter's default says what was asked twice. */
    private static final String LOG_FORMAT =
            "Path[${servletPath}] Source[${requestHeader.x-forwarded-for}] " + WHAT + " " + WHAT;

    @Bean
    RestfulServer restfulServer(
            FhirContext context,
            ResourceProviderFactory resources,
            IJpaSystemProvider system,
            DatabaseBackedPagingProvider pages) {
        context.setNarrativeGenerator(new NullNarrativeGenerator());
        var server = new RestfulServer(context);
        server.registerProviders(resources.createProviders());
        server.registerProvider(system);
        server.setPagingProvider(pages);
        server.setDefaultPrettyPrint(true);
        server.setDefaultResponseEncoding(EncodingEnum.JSON);
        server.setServerAddressStrategy(new IncomingRequestAddressStrategy());
        server.registerInterceptor(new ResponseHighlighterInterceptor());
        server.registerInterceptor(logging());
        server.registerInterceptor(crossOrigin());
        return server;
    }

    private static LoggingInterceptor logging() {
        var logging = new LoggingInterceptor();
        logging.setLoggerName("fhirtest.access");
        logging.setMessageFormat(LOG_FORMAT);
        logging.setErrorMessageFormat("ERROR - ${requestVerb} ${requestUrl}");
        logging.setLogExceptions(true);
        return logging;
    }

    private static CorsInterceptor crossOrigin() {
        var allowed = new CorsConfiguration();
        allowed.addAllowedOriginPattern("*");
        allowed.setAllowedMethods(List.of("GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "HEAD"));
        List.of("Origin", "Accept", "Content-Type", "Authorization", "Cache-Control", "If-Match", "Prefer")
                .forEach(allowed::addAllowedHeader);
        List.of("Location", "Content-Location", "ETag").forEach(allowed::addExposedHeader);
        return new CorsInterceptor(allowed);
    }

    @Bean
    ServletRegistrationBean<RestfulServer> fhirServlet(
            RestfulServer server,
            IFhirSystemDao<Bundle, Meta> systemDao,
            JpaStorageSettings settings,
            ISearchParamRegistry parameters,
            IValidationSupport validation) {
        server.setServerConformanceProvider(
                new JpaCapabilityStatementProvider(server, systemDao, settings, parameters, validation));
        var registration = new ServletRegistrationBean<>(server, "/fhir/*");
        registration.setLoadOnStartup(1);
        return registration;
    }

    /** Off, or HAPI's ConsentInterceptor where HAPI's documentation puts it. */
    @Bean
    Enforcement enforcement(
            @Value("${benchmark.consent}") boolean enforced,
            RestfulServer server,
            FhirContext context,
            IInterceptorService storage) {
        if (enforced) {
            var consents = new KnownConsents();
            storage.registerInterceptor(consents);
            server.registerInterceptor(new ConsentInterceptor(new SameDecisions(context, consents)));
        }
        return new Enforcement(enforced);
    }

    /**
     * What is enforced.
     *
     * @param consents whether consents are
     */
    record Enforcement(boolean consents) {}
}
