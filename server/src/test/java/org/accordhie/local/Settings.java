package org.accordhie.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.accordhie.fhirserver.AccordProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The exchange's settings, as a file would give them. */
final class Settings {

    private Settings() {}

    static AccordProperties of(Path directory, int issuerPort) {
        return with(directory, issuerPort, Map.of());
    }

    static AccordProperties with(Path directory, int issuerPort, Map<String, String> more) {
        var settings = new HashMap<String, String>();
        settings.put("accord.base-url", "http://127.0.0.1:8080/fhir");
        settings.put("accord.token.issuer", "http://127.0.0.1:" + issuerPort);
        settings.put("accord.token.audiences[0]", "http://127.0.0.1:8080/fhir");
        settings.put("accord.development.issuer-port", Integer.toString(issuerPort));
        settings.put("accord.development.directory", directory.toString());
        settings.putAll(more);
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("accord", AccordProperties.class)
                .get();
    }
}
