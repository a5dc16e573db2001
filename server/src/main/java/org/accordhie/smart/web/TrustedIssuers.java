package org.accordhie.smart.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.accordhie.fhirserver.TrustedIssuer;
import org.accordhie.smart.http.DocumentFetch;
import org.accordhie.smart.http.IssuerKeys;
import org.accordhie.smart.http.IssuerMetadata;
import org.accordhie.smart.http.TokenIntrospection;

/** Makes the trusted issuers of their settings, and lets their keys go when the server ends. */
final class TrustedIssuers implements AutoCloseable {

    private final DocumentFetch fetch;
    private final List<TokenIssuer> issuers = new ArrayList<>();
    private final List<IssuerKeys> keys = new ArrayList<>();

    TrustedIssuers(DocumentFetch fetch) {
        this.fetch = fetch;
    }

    /** Adds an issuer, and what goes before its clients' names. Throws if its settings are no good. */
    void add(TrustedIssuer settings, IssuerMetadata metadata, String clientPrefix) {
        var asked = settings.introspection().opaqueTokens()
                || settings.introspection().signedTokens();
        var itsKeys = new IssuerKeys(settings.jwksUri(), metadata, fetch);
        keys.add(itsKeys);
        issuers.add(new TokenIssuer(
                settings,
                new TokenDecoder(settings.algorithms(), itsKeys),
                new TokenRules(settings, clientPrefix),
                asked ? new TokenIntrospection(settings, metadata, fetch) : null));
    }

    List<TokenIssuer> all() {
        return List.copyOf(issuers);
    }

    @Override
    public void close() throws IOException {
        for (var each : keys) {
            each.close();
        }
    }
}
