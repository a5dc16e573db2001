package org.accordhie.fhirserver;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may come beside the first issuer's clients, and from where.
 *
 * @param furtherIssuers authorization servers beside {@code accord.token}, which is the one that discovery names
 * @param origins the web origins whose scripts may call the FHIR API; discovery is open to all
 * @param certificates how a client's TLS certificate gets here, for tokens that are bound to one
 */
public record SmartProperties(
        @Valid @DefaultValue List<TrustedIssuer> furtherIssuers,
        @DefaultValue List<@NotBlank String> origins,
        @Valid @DefaultValue Certificates certificates) {

    public SmartProperties {
        furtherIssuers = List.copyOf(furtherIssuers);
        origins = List.copyOf(origins);
    }

    /**
     * Where TLS ends in a proxy, the certificate comes in a header, which is believed of that proxy and of nobody else.
     *
     * @param header the header's name, which holds an RFC 9440 byte sequence or PEM encoded for a URL; empty for none
     * @param proxies the addresses of the proxies, or blocks of them such as {@code 10.1.0.0/16}
     */
    public record Certificates(
            @DefaultValue("") String header, @DefaultValue List<@NotBlank String> proxies) {

        public Certificates {
            proxies = List.copyOf(proxies);
        }
    }
}
