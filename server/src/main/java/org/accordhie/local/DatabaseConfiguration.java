package org.accordhie.local;

import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.fhirserver.DatabaseOwner;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Tells Spring Boot's datasource where the database is: {@code accord.database.url}, else
 * {@code spring.datasource.url}, else embedded PostgreSQL.
 *
 * <p>The connection pool stays Boot's own, with all of its settings.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final String ACCORD_URL = "accord.database.url";
    private static final String SPRING_URL = "spring.datasource.url";

    @Bean
    @Conditional(NamedByAccord.class)
    JdbcConnectionDetails namedDatabase(AccordProperties properties) {
        var database = properties.database();
        return new Connection(database.url(), database.user(), database.password());
    }

    @Bean(destroyMethod = "close")
    @Conditional(NotNamed.class)
    EmbeddedDatabase embeddedDatabase(AccordProperties properties) {
        if (properties.isProduction()) {
            throw new CannotStart(
                    "production mode does not keep records in the embedded database",
                    "set `accord.database.url`, `accord.database.user` and `accord.database.password` to a PostgreSQL"
                            + " 14 or newer");
        }
        return EmbeddedDatabase.start(
                properties.database().directory(), properties.database().port());
    }

    @Bean
    @Conditional(NotNamed.class)
    JdbcConnectionDetails embeddedConnection(EmbeddedDatabase database) {
        return new Connection(database.url(), database.serverUser(), database.password());
    }

    @Bean
    @Conditional(NotNamed.class)
    DatabaseOwner embeddedOwner(EmbeddedDatabase database) {
        return new DatabaseOwner(database.user(), database.password());
    }

    private static boolean isSet(PropertyResolver settings, String name) {
        return StringUtils.hasText(settings.getProperty(name));
    }

    private record Connection(String url, String user, String password) implements JdbcConnectionDetails {

        @Override
        public String getJdbcUrl() {
            return url;
        }

        @Override
        public String getUsername() {
            return user;
        }

        @Override
        public String getPassword() {
            return password;
        }

        /** Without the password, which a record would print. */
        @Override
        public String toString() {
            return url;
        }
    }

    /** Holds if the exchange's own settings name a database. */
    static final class NamedByAccord implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return isSet(context.getEnvironment(), ACCORD_URL);
        }
    }

    /** Holds if no settings name a database. */
    static final class NotNamed implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            var settings = context.getEnvironment();
            return !isSet(settings, ACCORD_URL) && !isSet(settings, SPRING_URL);
        }
    }
}
