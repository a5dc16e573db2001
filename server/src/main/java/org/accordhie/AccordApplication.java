package org.accordhie;

import org.accordhie.local.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.elasticsearch.ElasticsearchClientAutoConfiguration;
import org.springframework.boot.autoconfigure.elasticsearch.ElasticsearchRestClientAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.quartz.QuartzAutoConfiguration;
import org.springframework.boot.autoconfigure.security.oauth2.server.servlet.OAuth2AuthorizationServerAutoConfiguration;
import org.springframework.boot.autoconfigure.security.oauth2.server.servlet.OAuth2AuthorizationServerJwtAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.autoconfigure.websocket.servlet.WebSocketServletAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The exchange's entry point. */
@SpringBootApplication(
        exclude = {
            ElasticsearchClientAutoConfiguration.class,
            ElasticsearchRestClientAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            OAuth2AuthorizationServerAutoConfiguration.class,
            OAuth2AuthorizationServerJwtAutoConfiguration.class,
            QuartzAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class,
            WebSocketServletAutoConfiguration.class
        })
@ConfigurationPropertiesScan
public class AccordApplication {

    /** Starts the server, or runs the command that the arguments name. */
    public static void main(String[] args) {
        if (Commands.areMeantBy(args)) {
            System.exit(Commands.run(args));
        }
        SpringApplication.run(AccordApplication.class, args);
    }
}
