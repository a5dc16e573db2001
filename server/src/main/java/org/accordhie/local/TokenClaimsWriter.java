package org.accordhie.local;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** Writes into tokens what makes them SMART's, for clients that act for themselves and for people who launched an app. */
final class TokenClaimsWriter implements OAuth2TokenCustomizer<JwtEncodingContext> {

    /** Source: SMART App Launch 2.2.0, "Backend Services", "Issue access token": at most five minutes. */
    private static final Duration BACKEND_LIFE = Duration.ofMinutes(5);

    private final String baseUrl;
    private final DevelopmentClients clients;

    TokenClaimsWriter(String baseUrl, DevelopmentClients clients) {
        this.baseUrl = baseUrl;
        this.clients = clients;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        var partner = DevelopmentPartner.withClientId(
                        context.getRegisteredClient().getClientId())
                .orElseThrow(() -> new IllegalStateException("a client is a development partner"));
        if (context.getAuthorizationGrant() instanceof OAuth2ClientCredentialsAuthenticationToken grant) {
            var request = TokenRequest.read(grant, partner, clients.scopesOf(partner), baseUrl);
            write(request, context);
            if (TokenRequest.assertion(grant).isPresent()) {
                context.getClaims().claims(TokenClaimsWriter::shorten);
            }
        } else if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            write(launched(context, partner), context);
        } else if (context.getAuthorizedScopes().contains("fhirUser")) {
            context.getClaims().claim("fhirUser", baseUrl + "/Patient/" + patient(context));
        }
    }

    private void write(TokenRequest request, JwtEncodingContext context) {
        new DevelopmentToken(baseUrl, request)
                .writeClaims((name, value) -> context.getClaims().claim(name, value));
    }

    /** Somebody is asked which of their records the app is for, and is that record's patient. */
    private static TokenRequest launched(JwtEncodingContext context, DevelopmentPartner partner) {
        var patient = patient(context);
        var scopes = context.getAuthorizedScopes();
        return new TokenRequest(
                partner,
                scopes,
                List.of(partner.purposes().get(0)),
                Map.of(),
                scopes.contains("launch/patient") ? patient : null,
                "Patient/" + patient,
                null);
    }

    private static String patient(JwtEncodingContext context) {
        var authorization = context.getAuthorization();
        @Nullable String patient = authorization == null ? null : Launch.patient(authorization);
        if (patient == null) {
            throw new IllegalStateException("a launch is about a patient before it is granted");
        }
        return patient;
    }

    private static void shorten(Map<String, Object> claims) {
        if (claims.get("iat") instanceof Instant issued && claims.get("exp") instanceof Instant expires) {
            var latest = issued.plus(BACKEND_LIFE);
            claims.put("exp", expires.isBefore(latest) ? expires : latest);
        }
    }
}
