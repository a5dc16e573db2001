package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.Filter;
import org.accordhie.fhirserver.gate.ByteGateFilter;
import org.accordhie.fhirserver.gate.LastResortFilter;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Serves FHIR at {@code /fhir}. */
@Configuration(proxyBeanMethods = false)
class ServletConfiguration {

    @Bean
    ServletRegistrationBean<RestfulServer> fhirServlet(RestfulServer server) {
        var registration = new ServletRegistrationBean<>(server, "/fhir/*");
        registration.setLoadOnStartup(1);
        return registration;
    }

    @Bean
    FilterRegistrationBean<LastResortFilter> lastResort() {
        return filter(new LastResortFilter(new OutcomeWriter()), RequestLine.LAST_RESORT);
    }

    @Bean
    FilterRegistrationBean<ByteGateFilter> byteGate(AccordProperties properties) {
        return filter(new ByteGateFilter(properties.limits(), new OutcomeWriter()), RequestLine.BYTES);
    }

    /** A thread that serves HTTP sees nothing of the database until a decision says what. */
    @Bean
    FilterRegistrationBean<Filter> closedView() {
        return filter(
                (request, response, chain) -> StorageView.RELEASED.filter(chain, request, response),
                RequestLine.BYTES + 1);
    }

    private static <F extends Filter> FilterRegistrationBean<F> filter(F filter, int order) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.addUrlPatterns("/fhir/*");
        registration.setOrder(order);
        return registration;
    }

    /** What is refused before any filter is answered in the same form as everything else. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> refusalsOfTomcat() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(OutcomeErrorValve.class.getName());
            }
        });
    }
}
