package org.accordhie.local;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.accordhie.fhirserver.AccordProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.boot.web.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextException;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.web.context.support.StandardServletEnvironment;

/**
 * An OAuth authorization server for development, on 127.0.0.1 and in an application context of its own.
 *
 * <p>Its clients' secrets are in this repository, so it refuses to start where anybody else could reach the records its
 * tokens open: in production mode, and when the FHIR server listens beyond loopback.
 */
public final class DevelopmentAuthorizationServer implements AutoCloseable {

    private static final String REMEDY = "set `accord.token.issuer` to your own authorization server";

    private static final String TOKEN_PATH = "/oauth2/token";

    private final AnnotationConfigServletWebServerApplicationContext context;
    private final URI issuer;

    private DevelopmentAuthorizationServer(AnnotationConfigServletWebServerApplicationContext context, URI issuer) {
        this.context = context;
        this.issuer = issuer;
    }

    /**
     * Starts, and answers once it can issue tokens.
     *
     * @param properties the FHIR server's settings
     * @param fhirServerAddress the FHIR server's {@code server.address}; null listens on all addresses
     * @param patients who can sign in
     * @throws CannotStart with the reason and the remedy
     */
    static DevelopmentAuthorizationServer start(
            AccordProperties properties, @Nullable String fhirServerAddress, DevelopmentPatients patients) {
        if (properties.isProduction()) {
            throw new CannotStart(
                    "production mode does not trust the development authorization server "
                            + properties.development().issuer(),
                    REMEDY);
        }
        if (!isLoopback(fhirServerAddress)) {
            throw new CannotStart(
                    "the development authorization server refuses to open records to other machines, and the FHIR"
                            + " server listens on "
                            + (fhirServerAddress == null ? "all addresses" : "`" + fhirServerAddress + "`"),
                    "set `server.address` to 127.0.0.1, or " + REMEDY);
        }
        return start(properties, patients);
    }

    /** Where tokens are to be had. */
    public URI tokenEndpoint() {
        return issuer.resolve(TOKEN_PATH);
    }

    /** Where they will be, before it has started. */
    static URI tokenEndpoint(AccordProperties properties) {
        return properties.development().issuer().resolve(TOKEN_PATH);
    }

    @Override
    public void close() {
        context.close();
    }

    private static DevelopmentAuthorizationServer start(AccordProperties properties, DevelopmentPatients patients) {
        var context = new AnnotationConfigServletWebServerApplicationContext();
        context.setId("development-authorization-server");
        context.setEnvironment(new EmptyEnvironment());
        context.registerBean(AccordProperties.class, () -> properties);
        context.registerBean(DevelopmentPatients.class, () -> patients);
        context.register(AuthorizationServerConfiguration.class);
        try {
            context.refresh();
        } catch (PortInUseException taken) {
            throw portInUse(properties, taken);
        } catch (ApplicationContextException | WebServerException failure) {
            if (failure.getCause() instanceof PortInUseException taken) {
                throw portInUse(properties, taken);
            }
            throw failure;
        }
        return new DevelopmentAuthorizationServer(
                context, properties.development().issuer());
    }

    private static CannotStart portInUse(AccordProperties properties, PortInUseException taken) {
        return new CannotStart(
                "the development authorization server cannot listen on 127.0.0.1:"
                        + properties.development().issuerPort(),
                "choose a free port with `accord.development.issuer-port`, or " + REMEDY,
                taken);
    }

    private static boolean isLoopback(@Nullable String address) {
        if (address == null || address.isBlank()) {
            return false;
        }
        try {
            for (var resolved : InetAddress.getAllByName(address)) {
                if (!resolved.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /** The FHIR server's settings, such as its port, must not become this server's. */
    private static final class EmptyEnvironment extends StandardServletEnvironment {

        @Override
        protected void customizePropertySources(MutablePropertySources propertySources) {}
    }
}
