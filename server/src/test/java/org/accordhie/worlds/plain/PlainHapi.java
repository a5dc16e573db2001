package org.accordhie.worlds.plain;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import java.nio.file.Path;
import java.util.Map;
import org.accordhie.local.EmbeddedDatabase;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/**
 * The server's process. Arguments: the HTTP port, PostgreSQL's port, and PostgreSQL's directory.
 *
 * <p>Not a {@code @Configuration}: the exchange looks for those in all of {@code org.accordhie}.
 */
@ImportAutoConfiguration({
    ConfigurationPropertiesAutoConfiguration.class,
    DataSourceAutoConfiguration.class,
    PropertyPlaceholderAutoConfiguration.class,
    ServletWebServerFactoryAutoConfiguration.class
})
@Import({
    JpaR4Config.class,
    ThreadPoolFactoryConfig.class,
    JpaBatch2Config.class,
    Batch2JobsConfig.class,
    SubscriptionChannelConfig.class,
    PlainStorage.class,
    PlainEndpoint.class
})
@EnableTransactionManagement
public class PlainHapi {

    /** Starts the server, with its own PostgreSQL, and returns once it answers. */
    public static void main(String[] arguments) {
        var database = EmbeddedDatabase.start(Path.of(arguments[2]), Integer.parseInt(arguments[1]))
                .closingAtExit();
        var server = new SpringApplicationBuilder(PlainHapi.class)
                .properties(Map.of(
                        "spring.config.name",
                        "plain-hapi",
                        "server.port",
                        arguments[0],
                        "server.address",
                        "127.0.0.1",
                        "logging.level.root",
                        "error",
                        "spring.datasource.url",
                        database.url(),
                        "spring.datasource.username",
                        database.user(),
                        "spring.datasource.password",
                        database.password()));
        // HAPI's own beans need it.
        server.application().setAllowCircularReferences(true);
        server.run();
    }
}
