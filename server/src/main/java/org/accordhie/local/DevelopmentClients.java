package org.accordhie.local;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.accordhie.fhirserver.AccordProperties.Development;
import org.accordhie.fhirserver.AccordProperties.Development.Registration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** The development partners as OAuth clients, with what the settings register for them. */
final class DevelopmentClients {

    private static final Duration CODE_LIFE = Duration.ofMinutes(1);

    private final Development settings;

    /** Throws {@link CannotStart} if something is registered for a client there is not. */
    DevelopmentClients(Development settings) {
        this.settings = settings;
        for (var client : settings.registrations().keySet()) {
            if (DevelopmentPartner.withClientId(client).isEmpty()) {
                throw new CannotStart(
                        "`accord.development.registrations` names the client `" + client + "`, which there is not",
                        "name one of "
                                + DevelopmentPartner.ALL.stream()
                                        .map(DevelopmentPartner::clientId)
                                        .toList());
            }
        }
    }

    /** The clients. */
    List<RegisteredClient> registered() {
        return DevelopmentPartner.ALL.stream()
                .map(partner -> partner.isPublicApp() ? publicApp(partner) : confidential(partner))
                .toList();
    }

    /** What a client may ask for. */
    PreauthorizedScopes scopesOf(DevelopmentPartner partner) {
        var registered = registration(partner).map(Registration::scopes).filter(scopes -> !scopes.isEmpty());
        return PreauthorizedScopes.of(registered.orElse(partner.scopes()));
    }

    /** What verifies the clients' assertions. Makes the keys of those that have none yet. */
    AssertionDecoders assertions(URI tokenEndpoint, InstantSource time) {
        var decoders = new AssertionDecoders(tokenEndpoint, time);
        for (var partner : DevelopmentPartner.CONFIDENTIAL) {
            var made = ClientKeys.in(settings.directory(), partner);
            var published = registration(partner).flatMap(registration -> Optional.ofNullable(registration.jwksUrl()));
            if (published.isPresent()) {
                decoders.register(partner.clientId(), published.get());
            } else {
                var keys = inline(partner).orElse(made);
                decoders.register(partner.clientId(), new ImmutableJWKSet<>(keys.toPublicJWKSet()));
            }
        }
        return decoders;
    }

    private Optional<JWKSet> inline(DevelopmentPartner partner) {
        return registration(partner)
                .flatMap(registration -> Optional.ofNullable(registration.jwks()))
                .map(jwks -> {
                    try {
                        return JWKSet.parse(jwks);
                    } catch (ParseException malformed) {
                        throw new CannotStart(
                                "the keys registered for `" + partner.clientId() + "` are not a JSON Web Key Set",
                                "correct `accord.development.registrations." + partner.clientId() + ".jwks`",
                                malformed);
                    }
                });
    }

    private Optional<Registration> registration(DevelopmentPartner partner) {
        return Optional.ofNullable(settings.registrations().get(partner.clientId()));
    }

    private RegisteredClient confidential(DevelopmentPartner partner) {
        return RegisteredClient.withId(partner.clientId())
                .clientId(partner.clientId())
                .clientSecret("{noop}" + partner.secret())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                // The library asks only whether it is a signature's; AssertionDecoders has the list.
                .clientSettings(ClientSettings.builder()
                        .tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.RS384)
                        .build())
                .tokenSettings(tokens().build())
                .build();
    }

    private RegisteredClient publicApp(DevelopmentPartner partner) {
        return RegisteredClient.withId(partner.clientId())
                .clientId(partner.clientId())
                .clientName("Sample app of patients")
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .redirectUris(uris -> uris.addAll(settings.redirectUris()))
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(true)
                        .build())
                .tokenSettings(tokens().reuseRefreshTokens(false)
                        .authorizationCodeTimeToLive(CODE_LIFE)
                        .build())
                .build();
    }

    private TokenSettings.Builder tokens() {
        return TokenSettings.builder().accessTokenTimeToLive(settings.tokenLifetime());
    }
}
