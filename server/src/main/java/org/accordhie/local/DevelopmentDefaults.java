package org.accordhie.local;

import java.util.LinkedHashMap;
import java.util.Map;
import org.accordhie.fhirserver.AccordProperties.Development;
import org.accordhie.fhirserver.AccordProperties.Mode;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * What a server in development mode assumes where nobody says otherwise: that it is on this machine only, and that its
 * tokens and partners are those of the {@link DevelopmentAuthorizationServer}; or, where partners are named, those alone.
 *
 * <p>Production mode assumes nothing, and neither is anything assumed of the partners of another issuer.
 */
final class DevelopmentDefaults implements EnvironmentPostProcessor, Ordered {

    static final String SOURCE = "developmentDefaults";

    private static final String ISSUER = "accord.token.issuer";
    private static final String DEVELOPMENT_ISSUER = "http://127.0.0.1:${accord.development.issuer-port:9090}";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var mode = Binder.get(environment).bind("accord.mode", Mode.class).orElse(Mode.DEVELOPMENT);
        if (mode == Mode.PRODUCTION || environment.getPropertySources().contains(SOURCE)) {
            return;
        }
        var defaults = new LinkedHashMap<String, Object>();
        defaults.put("server.address", "127.0.0.1");
        defaults.put("accord.base-url", "http://127.0.0.1:${server.port:8080}/fhir");
        defaults.put("accord.token.audiences[0]", "${accord.base-url}");
        // Its clients are systems without a person.
        defaults.put("accord.break-glass.user-required", "false");
        if (trustsDevelopmentIssuer(environment)) {
            defaults.put(ISSUER, DEVELOPMENT_ISSUER);
            if (!Binder.get(environment)
                    .bind("accord.partners[0].client-id", String.class)
                    .isBound()) {
                addPartners(defaults);
            }
            addOrigins(defaults, environment);
        }
        environment.getPropertySources().addLast(new MapPropertySource(SOURCE, defaults));
    }

    /** After the files are read, which may set the mode and the issuer. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    private static boolean trustsDevelopmentIssuer(ConfigurableEnvironment environment) {
        var developmentIssuer = environment.resolvePlaceholders(DEVELOPMENT_ISSUER);
        return environment.getProperty(ISSUER, developmentIssuer).equals(developmentIssuer);
    }

    private static void addPartners(Map<String, Object> defaults) {
        var index = 0;
        for (var partner : DevelopmentPartner.ALL) {
            var prefix = "accord.partners[" + index + "].";
            defaults.put(prefix + "client-id", partner.clientId());
            defaults.put(prefix + "organization", partner.organization());
            addAll(defaults, prefix + "purposes", partner.purposes());
            addAll(defaults, prefix + "roles", partner.roles());
            index++;
        }
    }

    /** The sample app's scripts may call the FHIR API too. */
    private static void addOrigins(Map<String, Object> defaults, ConfigurableEnvironment environment) {
        var index = 0;
        for (var origin : Binder.get(environment)
                .bindOrCreate("accord.development", Development.class)
                .origins()) {
            defaults.put("accord.smart.origins[" + index + "]", origin);
            index++;
        }
    }

    private static void addAll(Map<String, Object> defaults, String name, Iterable<? extends Enum<?>> values) {
        var index = 0;
        for (var value : values) {
            defaults.put(name + "[" + index + "]", value.name());
            index++;
        }
    }
}
