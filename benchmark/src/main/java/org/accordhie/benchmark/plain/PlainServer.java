package org.accordhie.benchmark.plain;

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
 * The plain server's process. Arguments: the HTTP port, PostgreSQL's port, PostgreSQL's directory, and {@code open} or
 * {@code consent}.
 *
 * <p>Not a {@code @Configuration}: Accord looks for those in all of {@code org.accordhie}.
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
    PlainSettings.class,
    PlainStorage.class,
    PlainEndpoint.class
})
@EnableTransactionManagement
public class PlainServer {

    /** Starts the server, with its own PostgreSQL, and returns once it answers. */
    public static void main(String[] arguments) {
        var database = EmbeddedDatabase.start(Path.of(arguments[2]), Integer.parseInt(arguments[1]))
                .closingAtExit();
        new SpringApplicationBuilder(PlainServer.class)
                .properties(Map.of(
                        "spring.config.name", "plain-server",
                        "server.port", arguments[0],
                        "spring.datasource.url", database.url(),
                        "spring.datasource.username", database.user(),
                        "spring.datasource.password", database.password(),
                        "benchmark.consent", arguments[3].equals("consent")))
                .run();
    }
}
