package org.accordhie.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Gives the exchange ports of its own and an empty directory. */
public final class FreshExchange implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("freshExchange", settings()));
    }

    /** Settings under which another exchange can be started beside all others. */
    public static Map<String, Object> settings() {
        var directory = Path.of("target", "exchange", UUID.randomUUID().toString());
        var settings = new LinkedHashMap<String, Object>();
        settings.put("server.port", freePort());
        settings.put("management.server.port", freePort());
        settings.put("accord.database.port", freePort());
        settings.put("accord.database.directory", directory.resolve("postgresql"));
        settings.put("accord.development.issuer-port", freePort());
        settings.put("accord.development.directory", directory);
        settings.put("accord.development.token-lifetime", "1h");
        settings.put("accord.export.file-size", 210);
        settings.put("accord.export.resume-after", "3s");
        return settings;
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
