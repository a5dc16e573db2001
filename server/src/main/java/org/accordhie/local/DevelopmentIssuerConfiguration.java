package org.accordhie.local;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.net.URI;
import org.accordhie.fhirserver.AccordProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Starts the development authorization server with the exchange, if that is the issuer the exchange trusts. */
@Configuration(proxyBeanMethods = false)
@Conditional(DevelopmentIssuerConfiguration.DevelopmentIssuerTrusted.class)
class DevelopmentIssuerConfiguration {

    @Bean(destroyMethod = "close")
    DevelopmentAuthorizationServer developmentAuthorizationServer(
            AccordProperties properties, Environment settings, ObjectProvider<DaoRegistry> daos) {
        // It starts before the database is ready, and asks only when somebody signs in.
        DevelopmentPatients patients = () -> new SamplePatients(daos.getObject()).people();
        return DevelopmentAuthorizationServer.start(properties, settings.getProperty("server.address"), patients);
    }

    @Bean
    TokenCommands tokenCommands(DevelopmentAuthorizationServer server, AccordProperties properties) {
        return new TokenCommands(server.tokenEndpoint(), properties.baseUrl());
    }

    /** Holds if {@code accord.token.issuer} is the development issuer's address. */
    static final class DevelopmentIssuerTrusted implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            var settings = Binder.get(context.getEnvironment());
            var development = settings.bindOrCreate("accord.development", AccordProperties.Development.class);
            return settings.bind("accord.token.issuer", URI.class)
                    .map(development.issuer()::equals)
                    .orElse(false);
        }
    }
}
